package io.assent.partner.revocation;

import io.assent.server.Parties;

/**
 * Where a token comes from, and nobody else ever gets it.
 *
 * @param parties the customer for whom it was given, and the client that the partner is
 * @param providerId the identity provider by whose settings it was given, by the id that Keycloak gives to no other
 *     one; empty where that is gone, or not known
 * @param alias what the identity provider was called, for the log: another one may have it by now
 */
public record Origin(Parties parties, String providerId, String alias) {}
