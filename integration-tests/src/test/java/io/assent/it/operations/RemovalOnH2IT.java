package io.assent.it.operations;

import io.assent.testing.server.Database;
import org.junit.jupiter.api.Tag;

/** The same on H2. */
@Tag("long")
@Tag("weekly")
class RemovalOnH2IT extends Removal {

    RemovalOnH2IT() {
        super(Database.H2);
    }
}
