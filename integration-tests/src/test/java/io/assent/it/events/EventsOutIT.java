package io.assent.it.events;

import static io.assent.it.events.Told.assertAsDocumented;
import static io.assent.it.events.Told.assertContiguous;
import static io.assent.it.events.Told.grantId;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.events.EventBank.Journey;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Tokens;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bank's own systems hear what happens to requests and consents, and nothing else. */
class EventsOutIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Keycloak server = Servers.shared(Database.POSTGRESQL);
    private final EventBank bank = EventBank.on(server);

    @Test
    void aJourneyIsToldInOrderSignedAndByTheSchemas() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            Asked asked = Asked.of(journey.tpp()
                    .request(journey.customer(), Map.of("binding_message", "Elm-17"), BALANCES, TRANSACTIONS));
            String request = journey.app().onlyPendingId();
            journey.app().request(request).ok();
            journey.app().approve(request, BALANCES, TRANSACTIONS).ok();
            String consent = grantId(Tokens.of(journey.tpp().poll(asked)));
            journey.app().narrow(consent, BALANCES).ok();
            journey.app().withdraw(consent).ok();
            String reported = bank.newJourney().deny(BALANCES);

            List<Sent> taken = receiver.awaitTaken(9, SOON);

            assertThat(receiver.taken("requests/" + request))
                    .extracting(Sent::type)
                    .containsExactly("request.asked", "request.opened", "request.approved", "request.redeemed");
            assertThat(receiver.taken("consents/" + consent))
                    .extracting(Sent::type)
                    .containsExactly("consent.granted", "consent.narrowed", "consent.ended");
            assertThat(receiver.taken("requests/" + reported))
                    .extracting(Sent::type)
                    .containsExactly("request.asked", "request.denied");
            assertContiguous(taken);
            taken.forEach(Told::assertAsDocumented);
            taken.forEach(sent -> assertThat(sent.body())
                    .as("nothing of the customer, and nothing that the TPP wrote")
                    .doesNotContain(journey.customer().id(), journey.customer().username(), "Elm-17", "customerId"));
            JsonNode ended =
                    receiver.taken("consents/" + consent).get(2).event().get("data");
            assertThat(ended.get("endedBy").asText()).isEqualTo("customer");
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(bank.kept(server)).isZero();
        }
    }

    @Test
    void aReceiverThatIsSetToHaveItIsToldWhoseItIs() {
        try (EventReceiver receiver = EventReceiver.start()) {
            ObjectNode body = EventBank.webhook(receiver.uri()).put("customerId", true);
            body.put("source", "https://login.bank.example/realms/bank");
            bank.put("platform", body).ok();
            Journey journey = bank.newJourney();

            journey.deny(BALANCES);

            for (Sent sent : receiver.awaitTaken(2, SOON)) {
                assertThat(sent.event().at("/data/customerId").asText())
                        .isEqualTo(journey.customer().id());
                assertThat(sent.event().get("source").asText()).isEqualTo("https://login.bank.example/realms/bank");
                assertAsDocumented(sent);
            }
        }
    }

    @Test
    void whatIsRefusedAndRolledBackIsNotTold() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            journey.tpp().ask(journey.customer(), BALANCES);
            String id = journey.app().onlyPendingId();

            assertThat(journey.app().approve(id, TRANSACTIONS).status()).isEqualTo(422);
            assertThat(journey.app().decide(id, "{\"decision\": \"maybe\"}").status())
                    .isEqualTo(400);
            assertThat(journey.tpp()
                            .request(journey.customer(), Map.of("requested_expiry", "-1"), BALANCES)
                            .status())
                    .isEqualTo(400);
            journey.app().deny(id).ok();

            receiver.awaitTaken(2, SOON);
            Eventually.after(Instant.now().plus(QUIET));
            assertThat(receiver.all())
                    .extracting(Sent::type)
                    .containsExactlyInAnyOrder("request.asked", "request.denied");
            assertContiguous(receiver.taken());
        }
    }

    @Test
    void aRealmWithoutADestinationWritesNothing() {
        String id = bank.newJourney().deny(BALANCES);

        assertThat(bank.kept(server)).isZero();
        assertThat(Postgres.count(server.databaseName(), "consent_event_subject", "id = '" + id + "'"))
                .isZero();
    }

    @Test
    void whatHappensWhileAReceiverIsOffIsCountedSoThatItSeesTheGap() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            Asked asked = journey.tpp().ask(journey.customer(), BALANCES);
            String id = journey.app().onlyPendingId();
            receiver.awaitTaken(1, SOON);

            bank.put(EventBank.NAME, EventBank.webhook(receiver.uri()).put("enabled", false))
                    .ok();
            journey.app().approve(id, BALANCES).ok();
            assertThat(bank.kept(server)).isZero();
            bank.tells(receiver.uri());
            Tokens.of(journey.tpp().poll(asked));

            receiver.awaitTaken(3, SOON);
            assertThat(receiver.taken("requests/" + id))
                    .extracting(Sent::type, Sent::sequence)
                    .containsExactly(tuple("request.asked", 1), tuple("request.redeemed", 3));
        }
    }

    @Test
    void aRealmThatIsRemovedTakesItsEventsAlong() {
        bank.tells(EventReceiver.uri(Ports.free()));
        List<String> requests = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            requests.add(bank.newJourney().deny(BALANCES));
        }
        String ofRealm = bank.ofRealm();
        assertThat(Postgres.count(server.databaseName(), "consent_cloud_event", ofRealm))
                .isEqualTo(10);

        server.admin().removeRealm(bank.realm().name());

        assertThat(Postgres.count(server.databaseName(), "consent_cloud_event", ofRealm))
                .isZero();
        assertThat(Postgres.count(
                        server.databaseName(),
                        "consent_event_subject",
                        "id IN ('" + String.join("', '", requests) + "')"))
                .isZero();
        Eventually.within(
                Duration.ofMinutes(2),
                "no delivery left",
                () -> Postgres.count(server.databaseName(), "consent_outbox", ofRealm) == 0);
    }

    @Test
    void aCustomerWhoIsRemovedIsToldOfToTheEnd() {
        try (EventReceiver receiver = EventReceiver.start()) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            String consent = grantId(journey.grant(BALANCES));

            server.admin().removeUser(bank.realm().name(), journey.customer().id());

            receiver.awaitTaken(5, SOON);
            Sent ended = receiver.taken("consents/" + consent).get(1);
            assertThat(ended.type()).isEqualTo("consent.ended");
            assertThat(ended.event().at("/data/endedBy").asText()).isEqualTo("system");
        }
    }
}
