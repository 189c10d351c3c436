package io.assent.testing.server;

/** Where a server keeps its data. */
public enum Database {
    /** The embedded default, in development mode. */
    H2,
    /** In production mode. */
    POSTGRESQL
}
