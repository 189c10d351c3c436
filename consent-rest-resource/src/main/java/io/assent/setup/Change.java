package io.assent.setup;

/**
 * What setup makes or would make, or what it finds to be otherwise and leaves.
 *
 * @param id what kind of thing it is, such as {@code client-scope}
 * @param about which one of them, or what it is set to
 * @param message in words
 */
public record Change(String id, String about, String message) {}
