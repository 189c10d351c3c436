package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.it.events.EventBank.Journey;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Staff;
import io.assent.testing.server.DatabaseAddress;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.MariaDb;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With destinations MariaDB needs READ COMMITTED: the doctor says so, and then nothing that is asked at once fails. */
@Tag("long")
@Tag("weekly")
class EventsOnMariaDbIT {

    private static final int CUSTOMERS = 16;

    /** Of each customer. */
    private static final int REQUESTS = 5;

    @Test
    void theDoctorDemandsReadCommittedAndThenNoneOfManyAtOnceFails() throws Exception {
        assumeTrue(
                MariaDb.isInstalled(),
                "no MariaDB (Debian: mariadb-server-core and mariadb-client-core): it is not tested");
        try (MariaDb database = MariaDb.start();
                EventReceiver receiver = EventReceiver.start()) {
            try (Keycloak server =
                    Keycloak.on(database.address(), null, "mariadb-repeatable-read", List.of(Servers.realmFile()))) {
                server.start();
                EventBank bank = EventBank.of(server.realm(Servers.BANK));
                assertThat(findings(bank)).doesNotContain("repeatable-read");
                bank.tells(receiver.uri());
                assertThat(findings(bank)).contains("repeatable-read");
            }
            try (Keycloak server =
                    Keycloak.on(readCommitted(database.address()), null, "mariadb-read-committed", List.of())) {
                server.start();
                EventBank bank = EventBank.of(server.realm(Servers.BANK));
                assertThat(findings(bank)).doesNotContain("repeatable-read");
                List<Journey> journeys =
                        Stream.generate(bank::newJourney).limit(CUSTOMERS).toList();

                List<Integer> answered = AtOnce.all(journeys.stream()
                        .<Callable<Integer>>map(journey -> () -> denied(journey))
                        .toList());

                assertThat(answered).containsOnly(REQUESTS);
                receiver.awaitTaken(2 * CUSTOMERS * REQUESTS, Duration.ofMinutes(3));
                Told.assertContiguous(receiver.taken());
            }
        }
    }

    private static List<String> findings(EventBank bank) {
        return Staff.of(bank.realm(), "view-realm", "view-clients")
                .doctor()
                .ok()
                .get("findings")
                .findValuesAsText("id");
    }

    private static DatabaseAddress readCommitted(DatabaseAddress address) {
        return new DatabaseAddress(
                address.kind(),
                address.url() + "?sessionVariables=tx_isolation='READ-COMMITTED'",
                address.username(),
                address.password());
    }

    private static int denied(Journey journey) {
        for (int request = 0; request < REQUESTS; request++) {
            journey.deny(BALANCES);
        }
        return REQUESTS;
    }
}
