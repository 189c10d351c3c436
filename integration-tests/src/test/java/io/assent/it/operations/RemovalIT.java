package io.assent.it.operations;

import io.assent.testing.server.Database;

/** What belongs to somebody goes with them: on PostgreSQL. */
class RemovalIT extends Removal {

    RemovalIT() {
        super(Database.POSTGRESQL);
    }
}
