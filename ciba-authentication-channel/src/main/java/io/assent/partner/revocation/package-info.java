/**
 * The tokens that partners are still to revoke (RFC 7009), kept until they were told or until nobody tries any more.
 */
package io.assent.partner.revocation;
