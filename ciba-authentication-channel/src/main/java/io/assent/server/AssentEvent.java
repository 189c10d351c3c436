package io.assent.server;

/**
 * Something that happened in the pack, as a value. The noun that it happened to has a sealed type of its events, each
 * with all that a listener needs: ids and what was asked or answered, never a secret and nothing personal.
 */
public interface AssentEvent {}
