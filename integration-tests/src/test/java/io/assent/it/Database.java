package io.assent.it;

/** Where a server keeps its data. */
enum Database {
    /** The embedded default, in development mode. */
    H2,
    /** In production mode. */
    POSTGRESQL
}
