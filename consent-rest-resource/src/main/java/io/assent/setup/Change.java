package io.assent.setup;

/**
 * One thing that setup makes or would make, or that it finds different and leaves.
 *
 * @param id what kind of thing it is, such as {@code client-scope}
 * @param about which one of them, or what it is set to
 * @param message in words
 */
public record Change(String id, String about, String message) {}
