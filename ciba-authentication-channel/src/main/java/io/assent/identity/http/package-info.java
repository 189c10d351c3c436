/** The source of verified identities {@code http}: asks an endpoint of the bank's own. */
package io.assent.identity.http;
