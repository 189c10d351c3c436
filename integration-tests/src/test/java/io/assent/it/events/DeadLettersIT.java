package io.assent.it.events;

import static io.assent.it.events.Told.grantId;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.it.events.EventBank.Journey;
import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What no receiver took in time is kept for staff, who have it sent again. */
class DeadLettersIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Longer than an event's time to live. */
    private static final String FOUR_DAYS_AGO = "UPDATE consent_cloud_event SET created_at = created_at - 345600000,"
            + " expires_at = expires_at - 345600000 WHERE ";

    private final Keycloak server = Servers.shared(Database.POSTGRESQL);
    private final EventBank bank = EventBank.on(server);

    @Test
    void whatIsNeverTakenIsADeadLetterAndStaffHaveItSentAgain() {
        try (EventReceiver receiver = EventReceiver.start().answering(400)) {
            bank.tells(receiver.uri());
            String request = bank.newJourney().deny(BALANCES);
            receiver.await(1, SOON);

            Postgres.execute(
                    server.databaseName(),
                    FOUR_DAYS_AGO + " sequence_number = 1 AND subject = 'requests/" + request + "'");

            JsonNode dead = Eventually.within(
                    Duration.ofMinutes(2),
                    "a dead letter",
                    () -> bank.dead("").ok().get("events"),
                    events -> events.size() == 1);
            JsonNode letter = dead.get(0);
            assertThat(letter.get("type").asText()).isEqualTo("io.assent.request.asked");
            assertThat(letter.get("destination").asText()).isEqualTo(EventBank.NAME);
            assertThat(letter.get("subject").asText()).isEqualTo("requests/" + request);
            receiver.answering(204);
            receiver.awaitTaken(1, SOON);
            assertThat(receiver.taken()).extracting(Sent::type).containsExactly("request.denied");
            assertThat(bank.destination().get("dead").asInt()).isEqualTo(1);

            String id = letter.get("id").asText();
            assertThat(bank.resend(id).status()).isEqualTo(202);

            receiver.awaitTaken(2, SOON);
            assertThat(receiver.taken()).extracting(Sent::type).containsExactly("request.denied", "request.asked");
            assertThat(receiver.taken().get(1).id())
                    .isEqualTo(letter.get("eventId").asText());
            Eventually.within(SOON, "nothing kept", () -> bank.kept(server) == 0);
            assertThat(bank.resend(id).status()).isEqualTo(404);
            assertThat(bank.dead("").ok().get("events")).isEmpty();
        }
    }

    @Test
    void whatIsSentAgainGoesBehindWhatIsOnTheWayAndBeforeWhatIsNewer() {
        try (EventReceiver receiver = EventReceiver.start().answering(400)) {
            bank.tells(receiver.uri());
            Journey journey = bank.newJourney();
            String consent = grantId(journey.grant(BALANCES, TRANSACTIONS));
            journey.app().narrow(consent, BALANCES).ok();
            journey.app().withdraw(consent).ok();
            String subject = "consents/" + consent;
            receiver.await(1, SOON);
            Postgres.execute(
                    server.databaseName(), FOUR_DAYS_AGO + " sequence_number = 1 AND subject = '" + subject + "'");
            JsonNode dead = Eventually.within(
                    Duration.ofMinutes(2),
                    "a dead letter",
                    () -> bank.dead("").ok().get("events"),
                    events -> events.size() == 1);

            assertThat(bank.resend(dead.get(0).get("id").asText()).status()).isEqualTo(202);
            receiver.answering(204);

            Eventually.within(
                    Duration.ofMinutes(2),
                    "all of the consent",
                    () -> receiver.taken(subject).size() >= 3);
            assertThat(receiver.taken(subject)).extracting(Sent::sequence).containsExactly(2, 1, 3);
        }
    }

    /** With its request or consent goes what else is locked while events of one subject change. */
    @Test
    void deadLettersOfWhatIsGoneAreSentOneAfterAnotherToo() throws Exception {
        int letters = 8;
        CountDownLatch answered = new CountDownLatch(1);
        try (EventReceiver receiver = EventReceiver.start().answering(any -> {
            EventReceiver.await(answered);
            return EventReceiver.OK;
        })) {
            bank.put(EventBank.NAME, EventBank.webhook(receiver.uri()).put("enabled", false))
                    .ok();
            bank.keepWaiting(server, EventBank.NAME, letters);
            Postgres.execute(
                    server.databaseName(),
                    "DELETE FROM consent_outbox WHERE " + bank.ofRealm() + "; UPDATE consent_cloud_event"
                            + " SET state = 'DEAD', died_at = created_at, subject = 'requests/gone' WHERE "
                            + bank.ofRealm());
            bank.tells(receiver.uri());
            List<String> ids = bank.dead("").ok().get("events").findValuesAsText("id");
            assertThat(ids).hasSize(letters);

            List<Answer> answers = AtOnce.all(ids.stream()
                    .<Callable<Answer>>map(id -> () -> bank.resend(id))
                    .toList());

            assertThat(answers).extracting(Answer::status).containsOnly(202);
            assertThat(Postgres.count(server.databaseName(), "consent_outbox", bank.ofRealm()))
                    .isEqualTo(1);
            answered.countDown();
            receiver.awaitTaken(letters, SOON);
            assertThat(bank.kept(server)).isZero();
        }
    }

    @Test
    void deadLettersComeInPagesAndByDestination() {
        bank.tells(EventReceiver.uri(Ports.free()));
        for (int letter = 0; letter < 3; letter++) {
            bank.newJourney().tpp().ask(bank.realm().newCustomer(), BALANCES);
        }
        Postgres.execute(server.databaseName(), FOUR_DAYS_AGO + bank.ofRealm());

        Eventually.within(
                Duration.ofMinutes(2),
                "dead letters",
                () -> bank.dead("").ok().get("events").size() == 3);

        Set<String> ids = new LinkedHashSet<>();
        String after = "";
        for (int page = 0; page < 3; page++) {
            JsonNode found =
                    bank.dead("?max=1&destination=" + EventBank.NAME + after).ok();
            ids.add(found.at("/events/0/id").asText());
            assertThat(found.get("next").isNull()).isEqualTo(page == 2);
            after = "&after=" + found.get("next").asText();
        }
        assertThat(ids).hasSize(3);
        assertThat(bank.dead("?destination=another").problem()).isEqualTo("not-found");
        assertThat(bank.dead("?max=0").problem()).isEqualTo("malformed-request");
        assertThat(bank.dead("?unknown=1").problem()).isEqualTo("malformed-request");
        String id = ids.iterator().next();
        assertThat(bank.resend(id).status()).isEqualTo(202);
        assertThat(bank.resend(id).status()).as("a repeat").isEqualTo(202);
        assertThat(bank.dead("").ok().get("events")).hasSize(2);
        bank.remove(EventBank.NAME).ok();
        assertThat(bank.kept(server)).isZero();
        assertThat(bank.dead("").ok().get("events")).isEmpty();
    }
}
