/**
 * What follows at a partner when the bank is to see nothing any more: the link between the accounts goes at once, and
 * the partner's token is revoked (RFC 7009) through the outbox.
 */
package io.assent.partner.revocation;
