package io.assent.it.ciba;

import io.assent.testing.server.Database;

/** Of two at once, one: on PostgreSQL. */
class ConcurrencyIT extends Concurrency {

    ConcurrencyIT() {
        super(Database.POSTGRESQL);
    }
}
