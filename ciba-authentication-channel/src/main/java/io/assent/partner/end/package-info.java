/**
 * What follows at a partner when the bank is to see nothing any more: the link between the accounts goes at once, and
 * the partner is told to revoke its token, by the outbox.
 */
package io.assent.partner.end;
