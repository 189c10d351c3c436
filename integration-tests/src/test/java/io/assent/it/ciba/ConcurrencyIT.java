package io.assent.it.ciba;

import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;

/** Of two at once, one: on PostgreSQL. */
class ConcurrencyIT extends ConcurrencyAndPolls {

    ConcurrencyIT() {
        super(Servers.bank(Database.POSTGRESQL));
    }
}
