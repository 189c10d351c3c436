package io.assent.it.ciba;

import io.assent.testing.server.Database;
import org.junit.jupiter.api.Tag;

/** The same on H2. */
@Tag("long")
@Tag("weekly")
class ConcurrencyOnH2IT extends Concurrency {

    ConcurrencyOnH2IT() {
        super(Database.H2);
    }
}
