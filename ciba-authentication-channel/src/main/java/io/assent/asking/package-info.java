/**
 * What of a client's wish is settled, and what is still to be asked: by what consents say, without a login. Who asks in
 * a browser adds what was granted in that login.
 */
package io.assent.asking;
