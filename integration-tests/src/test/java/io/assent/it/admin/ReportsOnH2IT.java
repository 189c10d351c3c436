package io.assent.it.admin;

import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests and calls are counted on H2 too. */
@Tag("long")
@Tag("weekly")
class ReportsOnH2IT {

    @Test
    void aRequestIsCounted() {
        Keycloak server = Servers.shared(Database.H2);
        server.admin().createRealm(CountedRequests.realmFile());

        CountedRequests.asked(server).assertReported();
    }
}
