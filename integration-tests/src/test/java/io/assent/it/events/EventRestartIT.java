package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.Ports;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits when a server stops is told when it is back. */
class EventRestartIT {

    @Test
    void whatWaitsOutlivesTheServer() {
        URI uri = EventReceiver.uri(Ports.free());
        try (Keycloak server =
                new Keycloak("events-restart", Database.POSTGRESQL, List.of(Servers.realmFile())).start()) {
            EventBank bank = EventBank.of(server.realm(Servers.BANK)).tells(uri);
            String request = bank.newJourney().deny(BALANCES);
            assertThat(bank.destination().get("waiting").asInt()).isEqualTo(2);

            server.kill();
            server.launch();
            server.awaitReady();

            try (EventReceiver receiver = EventReceiver.on(uri)) {
                receiver.awaitTaken(2, Duration.ofMinutes(3));
                assertThat(receiver.taken("requests/" + request))
                        .extracting(Sent::type)
                        .containsExactly("request.asked", "request.denied");
            }
        }
    }
}
