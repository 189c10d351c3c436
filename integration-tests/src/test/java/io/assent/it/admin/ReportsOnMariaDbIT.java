package io.assent.it.admin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.server.Keycloak;
import io.assent.testing.server.MariaDb;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests and calls are counted on MariaDB too. */
@Tag("long")
@Tag("weekly")
class ReportsOnMariaDbIT {

    @Test
    void aRequestIsCounted() {
        assumeTrue(
                MariaDb.isInstalled(),
                "no MariaDB (Debian: mariadb-server-core and mariadb-client-core): it is not tested");
        try (MariaDb database = MariaDb.start();
                Keycloak server = Keycloak.on(
                        database.address(), null, "reports-mariadb", List.of(CountedRequests.realmFile()))) {
            server.start();

            CountedRequests.asked(server).assertReported();
        }
    }
}
