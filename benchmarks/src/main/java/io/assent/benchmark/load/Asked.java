package io.assent.benchmark.load;

/**
 * A request that was made and not redeemed yet.
 *
 * @param customer who was asked, by number
 * @param reference its {@code binding_message}, by which every side knows it
 */
public record Asked(int customer, String reference, String authReqId) {}
