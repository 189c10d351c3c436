/**
 * Says which part of a client's wish is settled by consents, and which is still to be asked. The consent screen adds
 * what was granted in its login.
 */
package io.assent.asking;
