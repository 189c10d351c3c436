package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.fake.fcm.FcmFake;
import io.assent.it.operations.TraceCollector.Seen;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.PingReceiver.Ping;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One case is found by its request's id: in traces, by a collector that speaks OTLP, and in the log. */
class TracesIT {

    /** Spans leave in batches, and deliveries in the background. */
    private static final Duration SOON = Duration.ofSeconds(90);

    /** Those of the pack whose lines are about a request, where they are about one. */
    private static final Pattern OF_REQUESTS =
            Pattern.compile(".*\\[io\\.assent\\.(outbox|push|ciba|request|account|logout)\\..*");

    /** The id of a request in the line's context, and in its text as well. */
    private static final Pattern WITH_ITS_ID = Pattern.compile(".*\\{([0-9a-f-]{36})}.*\\1.*");

    private static TraceCollector collector;
    private static FcmFake vendor;
    private static Keycloak traced;
    private static Keycloak untraced;

    @BeforeAll
    static void start() throws IOException {
        collector = TraceCollector.start();
        vendor = FcmFake.start();
        Path key = Distribution.TARGET.resolve("fcm-key-traced.json").toAbsolutePath();
        Files.createDirectories(key.getParent());
        vendor.writeServiceAccount(key);
        traced = server(
                "traced",
                key,
                "--tracing-enabled=true",
                "--tracing-protocol=http/protobuf",
                "--tracing-endpoint=" + collector.endpoint());
        traced.launch();
        traced.awaitReady();
    }

    /** Its log says what the log's context has, as a bank may set it, and all that the pack has to say. */
    private static Keycloak server(String name, Path key, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--spi-push-sender--fcm--service-account=" + key,
                "--spi-push-sender--fcm--endpoint=" + vendor.uri(),
                "--log-level=INFO,io.assent:debug",
                "--log-console-format=%d{HH:mm:ss,SSS} %-5p [%c] (%t) {%X{requestId}} %s%e%n"));
        options.addAll(List.of(more));
        return new Keycloak(name, Database.H2, List.of(Servers.realmFile()), options.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        if (untraced != null) {
            untraced.close();
        }
        traced.close();
        vendor.close();
        collector.close();
    }

    @Test
    void theTraceOfTheClientsCallGoesOnInItsPushAndItsPing() {
        Journey journey = new Journey(traced);

        Map<String, Seen> steps = journey.play();

        Seen ask = steps.get("consent ask");
        Seen push = steps.get("consent push");
        Seen ping = steps.get("consent ping");
        assertThat(ask.traceId()).isEqualTo(journey.traceId);
        assertThat(push.traceId()).isEqualTo(journey.traceId);
        assertThat(push.parentId()).isEqualTo(ask.id());
        assertThat(ping.traceId()).isEqualTo(journey.traceId);
        assertThat(ping.parentId()).isEqualTo(ask.id());
        // those that call by themselves have traces of their own, from which the question's is found
        for (String name : List.of("consent decide", "consent redeem")) {
            assertThat(steps.get(name).traceId()).as(name).isNotEqualTo(journey.traceId);
            assertThat(steps.get(name).linkedTraces()).as(name).containsExactly(journey.traceId);
        }
        assertThat(collector.spans())
                .filteredOn(span -> span.id().equals(ask.parentId()))
                .as("the call in which it was asked")
                .hasSize(1);
    }

    @Test
    void aSpanSaysWhoseItIsAndWhatCameOfIt() {
        Journey journey = new Journey(traced);

        Map<String, Seen> steps = journey.play();

        steps.values().forEach(step -> assertThat(step.attributes())
                .containsEntry("kc.realmName", Servers.BANK)
                .containsEntry("kc.clientId", journey.tpp.clientId()));
        assertThat(steps.get("consent ask").attributes())
                .containsEntry("assent.journey", "ciba")
                .containsEntry("assent.result", "Asked");
        assertThat(steps.get("consent decide").attributes()).containsEntry("assent.result", "Approved");
        assertThat(steps.get("consent redeem").attributes()).containsEntry("assent.result", "Redeemed");
        assertThat(steps.get("consent push").attributes())
                .containsEntry("assent.delivery.peer", "platform 'fcm'")
                .containsEntry("assent.result", "Delivered");
    }

    @Test
    void nothingPersonalIsInAnyOfThem() {
        Journey journey = new Journey(traced);

        journey.play();

        List<Seen> own = collector.spans().stream()
                .filter(span -> span.name().startsWith("consent "))
                .toList();
        assertThat(own).isNotEmpty().allSatisfy(span -> assertThat(span.all())
                .doesNotContain(journey.customer.id(), journey.customer.username(), journey.deviceId.toString()));
        // nor in what Keycloak says of the calls in which they were done, but for whom its own events are about
        Set<String> traces = own.stream().map(Seen::traceId).collect(Collectors.toSet());
        assertThat(collector.spans())
                .filteredOn(span -> traces.contains(span.traceId()))
                .hasSizeGreaterThan(own.size())
                .allSatisfy(span -> assertThat(span.all())
                        .doesNotContain(
                                journey.pushToken,
                                journey.notificationToken,
                                Journey.MESSAGE,
                                "Firstname",
                                "Lastname"));
    }

    /** It would tell a client in what other calls of the bank its own was handled. */
    @Test
    void theVendorIsToldOfTheTraceAndTheClientIsNot() {
        Journey journey = new Journey(traced);

        Map<String, Seen> steps = journey.play();

        assertThat(journey.ping.traceparent()).isNull();
        assertThat(vendor.traceparents())
                .contains("00-" + journey.traceId + "-"
                        + steps.get("consent push").id() + "-01");
    }

    @Test
    void whatIsNoTraceparentIsATraceOfOurOwn() {
        Journey journey = new Journey(traced);
        journey.traceparent = "00-" + "z".repeat(32) + "-" + "'; drop table".repeat(9);

        Map<String, Seen> steps = journey.play();

        assertThat(steps.get("consent push").traceId())
                .isEqualTo(steps.get("consent ask").traceId())
                .isNotEqualTo("0".repeat(32));
    }

    @Test
    void everyLineAboutARequestHasItsId() {
        assertThat(linesOfAFailingPush(traced)).isNotEmpty();
    }

    @Test
    void whereNobodyTracesNothingLeavesAndTheLogHasTheIdAllTheSame() {
        untraced = server(
                "untraced", Distribution.TARGET.resolve("fcm-key-traced.json").toAbsolutePath());
        untraced.environment("QUARKUS_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.endpoint());
        untraced.start();

        String id = linesOfAFailingPush(untraced);

        Journey journey = new Journey(untraced);
        journey.untilItIsPinged();
        assertThat(vendor.traceparents()).noneMatch(header -> header.contains(journey.traceId));
        assertThat(collector.about(id)).isEmpty();
        assertThat(collector.about(journey.requestId)).isEmpty();
    }

    /** @return the id of the request whose push failed for a while */
    private static String linesOfAFailingPush(Keycloak server) {
        Realm bank = server.realm(Servers.BANK);
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        String pushToken = app.register(UUID.randomUUID(), "fcm");
        vendor.down();
        int before = server.said().length();
        bank.tpp(ACME).ask(customer, BALANCES);
        String id = app.onlyPendingId();
        Eventually.within(SOON, "a line about what failed", () -> server.said()
                .substring(before)
                .contains("is retried in"));
        vendor.up();
        Eventually.within(SOON, "the push", () -> vendor.accepted(pushToken, id) == 1);
        app.deny(id).ok();

        List<String> lines = server.said()
                .substring(before)
                .lines()
                .filter(OF_REQUESTS.asMatchPredicate())
                .toList();
        assertThat(lines)
                .isNotEmpty()
                // a ping of another test's request may be tried again meanwhile, and has that one's id
                .allMatch(line -> line.contains(id) || WITH_ITS_ID.matcher(line).matches())
                .anySatisfy(line -> assertThat(line).contains("{" + id + "}"));
        // what an operator reads names it in any format
        assertThat(lines.stream().filter(line -> line.contains(" WARN ") && line.contains(id)))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.substring(line.indexOf('}'))).contains(id));
        return id;
    }

    /** From a client's question to its tokens, with a push and a ping in between. */
    private static final class Journey {

        static final String MESSAGE = "KR-4711-secret";

        private final Realm bank;
        private final Customer customer;
        private final UUID deviceId = UUID.randomUUID();
        private final String traceId = UUID.randomUUID().toString().replace("-", "");
        private final String notificationToken = "token-" + UUID.randomUUID();
        private String traceparent = "00-" + traceId + "-00f067aa0ba902b7-01";
        private String pushToken;
        private Tpp tpp;
        private Asked asked;
        private String requestId;
        private Ping ping;

        Journey(Keycloak server) {
            bank = server.realm(Servers.BANK);
            customer = bank.newCustomer();
        }

        /** @return the spans of its steps, by their names; those of the calls in which they were done are there too */
        Map<String, Seen> play() {
            untilItIsPinged();
            Tokens.of(tpp.poll(asked));
            List<String> names =
                    List.of("consent ask", "consent push", "consent decide", "consent ping", "consent redeem");
            return Eventually.within(
                    SOON,
                    "the spans of request " + requestId,
                    () -> {
                        Map<String, Seen> steps = new HashMap<>();
                        collector.about(requestId).forEach(span -> steps.putIfAbsent(span.name(), span));
                        return steps;
                    },
                    steps -> steps.keySet().containsAll(names)
                            && Stream.of("consent ask", "consent decide", "consent redeem")
                                    .allMatch(name -> isThere(steps.get(name).parentId())));
        }

        /** A call ends after what was done in it, and may come with a later batch. */
        private static boolean isThere(String id) {
            return collector.spans().stream().anyMatch(span -> span.id().equals(id));
        }

        void untilItIsPinged() {
            BankApp app = customer.app();
            pushToken = app.register(deviceId, "fcm");
            try (PingReceiver receiver = PingReceiver.answering(204)) {
                tpp = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                        .put("ciba.backchannel.token.delivery.mode", "ping")
                        .put(
                                "ciba.backchannel.client.notification.endpoint",
                                receiver.endpoint().toString()));
                asked = Asked.of(tpp.request(
                        customer,
                        Map.of("client_notification_token", notificationToken, "binding_message", MESSAGE),
                        Map.of("traceparent", traceparent),
                        BALANCES));
                requestId = app.onlyPendingId();
                Eventually.within(SOON, "the push", () -> vendor.accepted(pushToken, requestId) == 1);
                app.approve(requestId, BALANCES).ok();
                ping = receiver.next(SOON);
            }
        }
    }
}
