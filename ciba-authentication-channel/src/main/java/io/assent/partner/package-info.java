/**
 * What a bank may see at a partner: at a client of which the bank is a client, too, since the partner is an identity
 * provider of the realm. {@link io.assent.partner.Partners} is the only door to it. Knows no request and no consent,
 * and not how a partner is called.
 */
package io.assent.partner;
