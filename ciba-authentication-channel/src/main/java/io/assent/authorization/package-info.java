/**
 * The authorization endpoint (RFC 6749, section 3.1) as the pack shows requests to the stock code. Decides nothing
 * about them.
 */
package io.assent.authorization;
