package io.assent.it.ciba;

import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.Tag;

/** The same on H2. */
@Tag("long")
@Tag("weekly")
class ConcurrencyOnH2IT extends ConcurrencyAndPolls {

    ConcurrencyOnH2IT() {
        super(Servers.bank(Database.H2));
    }
}
