package io.assent.benchmark.load;

/**
 * A customer of the bank.
 *
 * @param id the user's id in the realm
 */
public record Customer(String username, String id) {}
