package io.assent.verifier;

import java.util.Set;

/**
 * What the bank was known by when a customer answered.
 *
 * @param issuer the realm's
 * @param origins those that the realm allowed for passkeys beside the site's own (<em>Extra origins</em>)
 */
record BankThen(String issuer, Set<String> origins) {}
