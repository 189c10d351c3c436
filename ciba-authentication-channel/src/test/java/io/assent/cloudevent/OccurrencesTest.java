package io.assent.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.End;
import io.assent.consent.Consent.Kind;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.ConsentEvent;
import io.assent.consent.ConsentStatus;
import io.assent.consent.GrantedPermission;
import io.assent.consent.Term;
import io.assent.destination.CloudEvent;
import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import io.assent.limit.Refusal;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent;
import io.assent.request.RecordedDecision;
import io.assent.request.Responder;
import io.assent.server.Customer;
import io.assent.server.Parties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type of event has a schema and an example, by which it is told, and says nothing of anybody. */
class OccurrencesTest {

    private static final Path DOCUMENTED = Path.of("../docs/events");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final String USER = "3f9d1f0e-0000-4000-8000-000000000001";
    private static final Parties PARTIES = new Parties("realm", "client", USER);
    private static final String MESSAGE = "For the flat in Elm Street";
    private static final String IBAN = "DE02120300000000202051";
    private static final Details DETAILS = Details.parse(
            "[{\"type\":\"payment_initiation\",\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"123.50\"},"
                    + "\"creditorName\":\"Muster GmbH\",\"creditorAccount\":{\"iban\":\"" + IBAN + "\"}}]");
    private static final Responder APP = new Responder("app", "session", "device", null);

    private final EventData data = new EventData(parties -> Optional.of("acme-aisp"));

    @TestFactory
    Stream<DynamicTest> everyTypeIsAsItsSchemaSays() {
        return occurrences().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> {
                    String type = "io.assent." + entry.getKey();
                    assertThat(entry.getValue().type()).isEqualTo(type);
                    for (boolean customerId : new boolean[] {false, true}) {
                        String event = event(entry.getValue(), customerId).json();
                        assertThat(errors(type, event)).as(event).isEmpty();
                        assertThat(unknown(type, JSON.readTree(event).get("data")))
                                .as("what the schema does not name")
                                .isEmpty();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsAsItsSchemaSays() throws IOException {
        try (Stream<Path> files = Files.list(DOCUMENTED)) {
            List<String> types = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".schema.json"))
                    .map(name -> name.replace(".schema.json", ""))
                    .toList();
            Set<String> told = new TreeSet<>();
            occurrences().keySet().forEach(name -> told.add("io.assent." + name));
            told.add("io.assent.destination.test");
            assertThat(types).containsExactlyInAnyOrderElementsOf(told);
            return types.stream()
                    .map(type -> dynamicTest(type, () -> {
                        String example = read(type + ".example.json");
                        assertThat(errors(type, example)).isEmpty();
                        assertThat(unknown(type, JSON.readTree(example).get("data")))
                                .isEmpty();
                        CloudEvent parsed = CloudEvent.parse(example);
                        assertThat(JSON.readTree(parsed.json())).isEqualTo(JSON.readTree(example));
                    }));
        }
    }

    @TestFactory
    Stream<DynamicTest> nothingSaysWhoseItIsOrWhatForUnlessTheDestinationHasIt() {
        return occurrences().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> {
                    assertThat(event(entry.getValue(), false).json())
                            .doesNotContain(USER, MESSAGE, IBAN, "123.50", "Muster", "device", "session");
                    assertThat(event(entry.getValue(), true)
                                    .data()
                                    .get("customerId")
                                    .asText())
                            .isEqualTo(USER);
                }));
    }

    @Test
    void whatWasRefusedIsNotTold() {
        RequestOccurrences requests = new RequestOccurrences(data);

        assertThat(requests.of(
                        new ConsentRequestEvent.AskRefused(
                                PARTIES, new Journey(Journey.CIBA, "reference"), Refusal.values()[0]),
                        NOW))
                .isEmpty();
        assertThat(requests.of(
                        new ConsentRequestEvent.DecisionRefused(
                                new Customer("realm", USER), "id", "client", APP, ConsentRequestEvent.Reason.LATE),
                        NOW))
                .isEmpty();
    }

    @Test
    void anExpiryIsToldAsOfWhenItWas() {
        assertThat(occurrences().get("request.expired").at()).isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void aClientThatIsGoneIsNotNamed() {
        EventData nobody = new EventData(parties -> Optional.empty());
        Occurrence asked = new RequestOccurrences(nobody)
                .of(new ConsentRequestEvent.Asked(pending(), Optional.empty()), NOW)
                .orElseThrow();

        assertThat(errors("io.assent.request.asked", event(asked, false).json()))
                .isEmpty();
        assertThat(event(asked, false).data().has("clientId")).isFalse();
    }

    @Test
    void aSequenceIsOrderedAsTextIs() {
        Occurrence asked = occurrences().get("request.asked");
        List<String> sequences = Stream.of(1, 2, 9, 10, 11, 99, 100, 1_000_000)
                .map(number -> asked.event("id", "/realms/bank", number, false).sequence())
                .toList();

        assertThat(sequences).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSubjectIsReadAsItWasWritten() {
        for (Subject subject : List.of(Subject.request("a"), Subject.consent("b"))) {
            assertThat(Subject.parse(subject.text())).isEqualTo(subject);
        }
    }

    private Map<String, Occurrence> occurrences() {
        ConsentRequest pending = pending();
        ConsentRequest approved = pending.decided(decision(true, false));
        ConsentRequest denied = pending.decided(decision(false, true));
        RequestOccurrences requests = new RequestOccurrences(data);
        Map<String, Occurrence> all = new TreeMap<>();
        Map.<String, ConsentRequestEvent>of(
                        "request.asked", new ConsentRequestEvent.Asked(pending, Optional.empty()),
                        "request.opened", new ConsentRequestEvent.Opened(pending, APP),
                        "request.approved", new ConsentRequestEvent.Decided(approved, APP),
                        "request.denied", new ConsentRequestEvent.Decided(denied, APP),
                        "request.reported", new ConsentRequestEvent.Reported(denied, APP),
                        "request.redeemed", new ConsentRequestEvent.Redeemed(approved),
                        "request.redeemed-again", new ConsentRequestEvent.RedeemedAgain(approved),
                        "request.withdrawn", new ConsentRequestEvent.Withdrawn(approved),
                        "request.expired", new ConsentRequestEvent.Expired(pending))
                .forEach((name, event) -> all.put(name, requests.of(event, NOW).orElseThrow()));
        ConsentOccurrences consents = new ConsentOccurrences(data);
        Consent active = consent(ConsentStatus.ACTIVE, null);
        Consent suspended = consent(ConsentStatus.SUSPENDED, null);
        Consent ended = consent(ConsentStatus.REVOKED, new End(Actor.STAFF, NOW));
        Map.<String, ConsentEvent>of(
                        "consent.granted", new ConsentEvent.Granted(active, "the request"),
                        "consent.narrowed",
                                new ConsentEvent.Narrowed(
                                        active,
                                        Access.to(List.of(new GrantedPermission("other", "accounts.transactions"))),
                                        Actor.CUSTOMER),
                        "consent.changed", new ConsentEvent.Changed(active, Set.of("accounts.basic")),
                        "consent.confirmation-due", new ConsentEvent.ConfirmationDue(active),
                        "consent.confirmed", new ConsentEvent.Confirmed(active, Actor.CUSTOMER),
                        "consent.suspended", new ConsentEvent.Suspended(suspended),
                        "consent.ended", new ConsentEvent.Ended(ended, Actor.STAFF))
                .forEach((name, event) -> all.put(name, consents.of(event, NOW).orElseThrow()));
        return all;
    }

    private static ConsentRequest pending() {
        return ConsentRequest.pending(
                PARTIES,
                new Journey(Journey.CIBA, "reference"),
                new Content(
                        "openid accounts.balances accounts.transactions",
                        new RequestedPermissions(
                                Set.of("accounts.balances", "accounts.transactions"),
                                Set.of("accounts.balances"),
                                true),
                        DETAILS,
                        MESSAGE,
                        List.of()),
                NOW,
                NOW.plusSeconds(300));
    }

    private static RecordedDecision decision(boolean approved, boolean reported) {
        return new RecordedDecision(
                approved,
                approved ? Set.of("accounts.balances") : Set.of(),
                approved ? DETAILS : Details.NONE,
                NOW,
                "device",
                Evidence.NONE,
                reported);
    }

    private static Consent consent(ConsentStatus status, End end) {
        return new Consent(
                UUID.randomUUID().toString(),
                PARTIES,
                UUID.randomUUID().toString(),
                new Access(List.of(new GrantedPermission("scope", "accounts.balances")), DETAILS),
                new TokenSession("session", true),
                Kind.STANDING,
                status,
                new Term(NOW, NOW.plus(Duration.ofDays(180)), NOW, NOW.plus(Duration.ofDays(90)), null),
                NOW,
                end,
                1);
    }

    private static CloudEvent event(Occurrence occurrence, boolean customerId) {
        return occurrence.event(UUID.randomUUID().toString(), "/realms/bank", 7, customerId);
    }

    private static List<?> errors(String type, String event) {
        return SCHEMAS.getSchema(read(type + ".schema.json")).validate(event, InputFormat.JSON);
    }

    private static Set<String> unknown(String type, JsonNode told) throws IOException {
        JsonNode known = JSON.readTree(read(type + ".schema.json")).at("/properties/data/properties");
        Set<String> unknown = new TreeSet<>();
        told.fieldNames().forEachRemaining(name -> {
            if (!known.has(name)) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    private static String read(String file) {
        try {
            return Files.readString(DOCUMENTED.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
