/**
 * How a partner is called: the identity provider {@code partner-oidc}, to which a login goes with what its customer
 * chose and with nothing else; the token that comes of it, and how it is kept fresh. Holds no rule about what the bank
 * may see.
 */
package io.assent.partner.provider;
