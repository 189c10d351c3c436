package io.assent.benchmark.load;

/**
 * What came of a request that was redeemed.
 *
 * @param customer who granted it, by number
 * @param consentId what the pack calls it; empty on a server that knows no such thing
 */
public record Granted(int customer, String refreshToken, String consentId) {}
