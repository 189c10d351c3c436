/** The account source {@code http}: asks an endpoint of the bank's own. */
package io.assent.account.http;
