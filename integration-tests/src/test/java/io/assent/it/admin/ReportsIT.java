package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A day with all that can come of a request, as the bank reports it. {@code -Dassent.requests=1000000} makes it a
 * million, {@code -Dassent.clients=5000} of so many clients.
 */
class ReportsIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final int MANY = Integer.getInteger("assent.requests", 100_000);
    private static final int CLIENTS = Integer.getInteger("assent.clients", 500);

    /** Requests a second that are counted; a tenth of what a laptop does. */
    private static final int LEAST_RATE = 300;

    /** What is counted in one transaction, by docs/reports.md. */
    private static final int STEP = 5_000;

    private static final Duration LONGEST_STEP = Duration.ofSeconds(10);
    private static final Duration LONGEST_JOURNEY = Duration.ofSeconds(10);
    private static final Duration LONGEST_REPORT = Duration.ofSeconds(10);
    private static final String NAME = "=1+1, \"Acme\"";

    /** Well behind today, also when a test runs over midnight. */
    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(3);

    private static final String OF_THE_DAY = "?from=" + DAY + "&to=" + DAY;

    private static Keycloak server;
    private static Realm bank;
    private static Staff staff;

    @BeforeAll
    static void start() {
        server = new Keycloak(
                        "reports",
                        Database.POSTGRESQL,
                        List.of(Servers.realmFile(), Servers.realmFile().named(Servers.OTHER)),
                        "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=1")
                .start();
        bank = server.realm(Servers.BANK);
        staff = Staff.of(bank, "view-clients");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Tpp newTpp() {
        return bank.newTpp(ACME, client -> client.put("name", NAME));
    }

    private static BankApp asked(Tpp tpp, List<Asked> all, String... scopes) {
        Customer customer = bank.newCustomer();
        all.add(tpp.ask(customer, scopes));
        return customer.app();
    }

    /** Opened, and answered. */
    private static BankApp approved(Tpp tpp, List<Asked> all, String... granted) {
        BankApp app = asked(tpp, all, BALANCES, TRANSACTIONS);
        String id = app.onlyPendingId();
        app.request(id).ok();
        app.approve(id, granted).ok();
        return app;
    }

    /** A day's requests of all journeys, of which two are redeemed, each with an outcome of its own. */
    private static void play(Tpp tpp) {
        List<Asked> asked = new ArrayList<>();
        approved(tpp, asked, BALANCES, TRANSACTIONS);
        Tokens.of(tpp.poll(asked.get(0)));
        approved(tpp, asked, BALANCES);
        Tokens.of(tpp.poll(asked.get(1)));
        // not fetched
        approved(tpp, asked, TRANSACTIONS);
        BankApp denied = asked(tpp, asked, BALANCES);
        denied.deny(denied.onlyPendingId()).ok();
        BankApp reported = asked(tpp, asked, BALANCES);
        reported.report(reported.onlyPendingId()).ok();
        asked(tpp, asked, BALANCES);
        BankApp left = asked(tpp, asked, BALANCES);
        left.request(left.onlyPendingId()).ok();
        // answered by the app, as a login by a link is
        BankApp linked = asked(tpp, asked, BALANCES);
        String ofALink = linked.onlyPendingId();
        linked.request(ofALink).ok();
        linked.approve(ofALink).ok();
        Postgres.execute(
                server.databaseName(), "UPDATE consent_request SET channel = 'app-link' WHERE id = '" + ofALink + "'");
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, BALANCES);
        WebClient browser = new WebClient(bank);
        flow.tokens(browser.approve(browser.open(flow, bank.newCustomer()), BALANCES)
                .uri());
        new WebClient(bank).open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES), bank.newCustomer());
    }

    /** Moves all that a client asked to noon of the day, and has it counted again. */
    private static void moveToTheDay(String client) {
        long noon = DAY.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toEpochMilli();
        Postgres.execute(server.databaseName(), """
                        UPDATE consent_request r SET created_at = created_at - by, expires_at = expires_at - by, opened_at = opened_at - by,
                            decided_at = decided_at - by, redeemed_at = redeemed_at - by
                        FROM (SELECT min(created_at) - %1$d AS by FROM consent_request WHERE client_id = '%2$s') moved WHERE client_id = '%2$s';
                        """.formatted(noon, client));
        countAnew();
    }

    /** As docs/reports.md says. */
    private static void countAnew() {
        Postgres.execute(
                server.databaseName(), "DELETE FROM server_config WHERE server_config_key = 'assent.reports.counted'");
    }

    private static Map<String, JsonNode> byJourney(JsonNode report) {
        Map<String, JsonNode> lines = new TreeMap<>();
        report.get("days").forEach(line -> lines.put(line.get("journey").asText(), line));
        return lines;
    }

    /** The line's numbers, of those that are not 0. */
    private static String counts(JsonNode line) {
        List<String> counts = new ArrayList<>();
        line.properties().stream()
                .filter(member -> member.getValue().isInt() && member.getValue().intValue() > 0)
                .forEach(member -> counts.add(member.getKey() + " " + member.getValue()));
        return String.join(", ", counts);
    }

    private static JsonNode counted(Tpp tpp, int requests) {
        String query = OF_THE_DAY + "&client=" + tpp.clientId();
        return Eventually.within(
                LIMIT,
                "the count of the day",
                () -> staff.authorisations(query).ok(),
                report -> sum(report) == requests && isFinal(report));
    }

    /** Not while it is counted anew. */
    private static boolean isFinal(JsonNode report) {
        return !report.get("days").findValuesAsText("final").contains("false");
    }

    private static int sum(JsonNode report) {
        int asked = 0;
        for (JsonNode line : report.get("days")) {
            asked += line.get("asked").intValue();
        }
        return asked;
    }

    @Test
    void aDayWithAllJourneysIsCountedOnceAndOutlivesRequestsAndClient() {
        Tpp tpp = newTpp();
        String id = bank.admin().client(bank.name(), tpp.clientId()).get("id").asText();
        play(tpp);
        moveToTheDay(id);

        JsonNode report = counted(tpp, 10);
        Map<String, JsonNode> lines = byJourney(report);
        assertThat(lines).containsOnlyKeys("ciba", "redirect", "app-link");
        assertThat(counts(lines.get("ciba")))
                .isEqualTo(
                        "asked 7, opened 6, authorised 3, authorisedInFull 1, authorisedInPart 2, rejected 2, reported 1,"
                                + " abandoned 2, neverOpened 1, openedNotAnswered 1, redeemed 2, failed 1");
        assertThat(counts(lines.get("redirect")))
                .isEqualTo("asked 2, opened 2, authorised 1, authorisedInFull 1, abandoned 1, openedNotAnswered 1");
        assertThat(counts(lines.get("app-link"))).isEqualTo("asked 1, opened 1, authorised 1, authorisedInFull 1");
        assertThat(lines.get("redirect").get("redeemed").isNull()).isTrue();
        assertThat(lines.values()).allSatisfy(line -> {
            assertThat(line.get("day").asText()).isEqualTo(DAY.toString());
            assertThat(line.get("final").booleanValue()).isTrue();
            assertThat(line.at("/client/id").asText()).isEqualTo(id);
            assertThat(line.at("/client/clientId").asText()).isEqualTo(tpp.clientId());
            assertThat(line.at("/client/name").asText()).isEqualTo(NAME);
        });
        assertThat(lines.get("ciba").at("/medianMillis/askedToRedeemed").longValue())
                .isPositive();
        assertThat(lines.get("redirect").at("/medianMillis/askedToOpened").isNull())
                .isTrue();

        countAnew();
        assertThat(counted(tpp, 10)).isEqualTo(report);

        bank.admin().removeClient(bank.name(), tpp.clientId());
        assertThat(staff.authorisations(OF_THE_DAY + "&client=" + id).ok()).isEqualTo(report);
        assertThat(staff.authorisations(OF_THE_DAY + "&client=" + tpp.clientId())
                        .ok())
                .isEqualTo(report);

        Answer csv = staff.send("GET", "/reports/authorisations" + OF_THE_DAY + "&format=csv&client=" + id, null);
        assertThat(csv.contentType()).hasValue("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition"))
                .hasValue("attachment; filename=\"authorisations-%s-%s.csv\"".formatted(DAY, DAY));
        assertThat(csv.body())
                .startsWith("day,final,client,clientId,clientName,journey,asked,")
                .contains("\r\n" + DAY + ",true," + id + "," + tpp.clientId()
                        + ",\"'=1+1, \"\"Acme\"\"\",app-link,1,1,1,1,")
                .endsWith("\r\n");

        assertThat(Staff.of(server.realm(Servers.OTHER), "view-clients")
                        .authorisations(OF_THE_DAY)
                        .ok()
                        .get("days"))
                .isEmpty();
    }

    @Test
    @Tag("long")
    void aDayOfManyRequestsIsCountedInShortStepsWhileJourneysGoOn() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        Tpp tpp = newTpp();
        List<Long> before = new ArrayList<>();
        for (int count = 0; count < 10; count++) {
            before.add(journeyMillis(tpp, customer, app));
        }
        try (DayOfRequests many =
                DayOfRequests.made(server.databaseName(), bank.admin().realmId(bank.name()), DAY, MANY, CLIENTS)) {
            Instant begin = Instant.now();
            countAnew();
            List<Long> meanwhile = new ArrayList<>();
            List<Long> reports = new ArrayList<>();
            Eventually.within(Duration.ofSeconds(60 + MANY / LEAST_RATE), "the count", () -> {
                meanwhile.add(journeyMillis(tpp, customer, app));
                reports.add(millis(() -> staff.authorisations("").ok()));
                return many.isCounted();
            });
            Duration took = Duration.between(begin, Instant.now());

            JsonNode report = staff.authorisations(OF_THE_DAY).ok();
            assertThat(DayOfRequests.figures(report)).isEqualTo(many.figures());
            assertThat(isFinal(report)).isTrue();
            assertThat(many.mostInOne()).isEqualTo(STEP);
            assertThat(many.longest()).isLessThan(LONGEST_STEP);
            assertThat(meanwhile).allMatch(millis -> millis < LONGEST_JOURNEY.toMillis());
            assertThat(reports).allMatch(millis -> millis < LONGEST_REPORT.toMillis());
            System.out.printf(
                    "%,d requests of a day, of %,d clients, counted in %,d ms: %,d transactions of together %,d ms,"
                            + " the longest %,d ms; journeys %d ms (before: %d), the slowest of %d %d ms;"
                            + " the slowest report %d ms%n",
                    MANY,
                    CLIENTS,
                    took.toMillis(),
                    many.transactions(),
                    many.allTogether().toMillis(),
                    many.longest().toMillis(),
                    median(meanwhile),
                    median(before),
                    meanwhile.size(),
                    Collections.max(meanwhile),
                    Collections.max(reports));
        }
    }

    /** From the question to the tokens. */
    private static long journeyMillis(Tpp tpp, Customer customer, BankApp app) {
        return millis(() -> {
            Asked asked = tpp.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();
            Tokens.of(tpp.poll(asked));
        });
    }

    private static long millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    private static long median(List<Long> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    @Test
    void callsAreCountedByInterface() {
        Customer customer = bank.newCustomer();
        Tpp acme = bank.tpp(ACME);
        int before = calls("backchannel", "refusedCalls");
        Asked asked = acme.ask(customer, BALANCES);
        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
        assertThat(acme.backchannel(Map.of("login_hint", "nobody")).status()).isEqualTo(400);
        customer.app().pending();

        Eventually.within(LIMIT, "the calls of the day", () -> calls("backchannel", "refusedCalls") > before);
        for (JsonNode line : today()) {
            assertThat(line.get("calls").intValue()).as("%s", line).isPositive();
            assertThat(line.get("failedCalls").intValue()).as("%s", line).isZero();
            assertThat(line.get("errorRatePercent").doubleValue()).isZero();
            assertThat(line.get("averageMillis").isNull()).isFalse();
            assertThat(line.get("final").booleanValue()).isFalse();
        }
    }

    private static JsonNode today() {
        return staff.availability("?from=" + LocalDate.now(ZoneOffset.UTC)).ok().get("days");
    }

    private static int calls(String called, String kind) {
        for (JsonNode line : today()) {
            if (line.get("interface").asText().equals(called)) {
                return line.get(kind).intValue();
            }
        }
        return 0;
    }

    /** Two nodes of a day long ago, which did not answer at the same time; and of the day after it none at all. */
    @Test
    void aMinuteWithoutASignOfLifeOfAnyNodeIsDowntime() {
        LocalDate longAgo = DAY.minusDays(300);
        long begin = longAgo.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        Postgres.execute(
                server.databaseName(), """
                        INSERT INTO consent_report_node (id, day_begin, minutes) VALUES
                            ('one', %1$d, repeat('f', 180) || repeat('0', 180)), ('other', %1$d, repeat('0', 182) || repeat('f', 178));
                        INSERT INTO consent_report_calls (id, day_begin, realm_id, called, calls, refused, failed, millis, down_millis, down) VALUES
                            ('one', %1$d, '%2$s', 'app', 10, 2, 1, 500, 0, '0f' || repeat('0', 2158)),
                            ('other', %1$d, '%2$s', 'app', 30, 0, 0, 500, 0, '0c' || repeat('0', 1078) || 'ffffffffffff' || repeat('0', 1068));
                        """.formatted(begin, bank.admin().realmId(bank.name())));

        JsonNode days = staff.availability("?from=" + longAgo.minusDays(1) + "&to=" + longAgo.plusDays(1))
                .ok()
                .get("days");

        assertThat(days).hasSize(6);
        ObjectNode app = (ObjectNode) days.get(1);
        assertThat(app).isEqualTo(Http.parse("""
                        {"day": "%s", "final": true, "interface": "app", "observedSeconds": 86400, "downtimeSeconds": 520, "silentSeconds": 480,
                         "unansweredSeconds": 40, "uptimePercent": 99.398, "downtimePercent": 0.602, "calls": 40, "refusedCalls": 2,
                         "failedCalls": 1, "errorRatePercent": 2.5, "averageMillis": 25}
                        """.formatted(longAgo)));
        assertThat(days.get(0).get("calls").intValue()).isZero();
        assertThat(days.get(0).get("averageMillis").isNull()).isTrue();
        assertThat(days.get(4).get("downtimeSeconds").intValue()).isEqualTo(86_400);
        assertThat(days.get(4).get("uptimePercent").doubleValue()).isZero();
        Answer csv = staff.send("GET", "/reports/availability?format=csv&from=" + longAgo + "&to=" + longAgo, null);
        assertThat(csv.body()).contains(longAgo + ",true,app,86400,520,480,40,99.398,0.602,40,2,1,2.5,25\r\n");
    }

    @Test
    void whatWasCountedOfARemovedRealmDoesNotComeBack() {
        String name = "removed";
        server.admin().createRealm(Servers.realmFile().named(name));
        String id = server.admin().realmId(name);
        Realm removed = server.realm(name);
        removed.newCustomer().app().pending();
        Eventually.within(LIMIT, "a row of the realm", () -> rowsOfCalls(id) > 0);
        // counted, and not written yet
        removed.newCustomer().app().pending();

        server.admin().removeRealm(name);
        assertThat(rowsOfCalls(id)).isZero();
        // a later write of the node, in which the realm's calls would be again
        int before = calls("app", "calls");
        bank.newCustomer().app().pending();
        Eventually.within(LIMIT, "a later write", () -> calls("app", "calls") > before);

        assertThat(rowsOfCalls(id)).isZero();
    }

    private static long rowsOfCalls(String realmId) {
        return Postgres.count(server.databaseName(), "consent_report_calls", "realm_id = '" + realmId + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "?from=2026-11-27&to=2026-11-26 | 'from' is after 'to'.",
                "?from=9999-12-31 | 'from' is after 'to'.",
                "?from=2025-10-23&to=2026-11-27 | From 'from' to 'to' there are at most 400 days.",
                "?from=0001-01-01 | From 'from' to 'to' there are at most 400 days.",
                "?to=2026-02-30 | 'to' is no day that there is.",
                "?to=yesterday | 'to' must be a text that matches",
                "?to=2026-11-27T00:00:00Z | 'to' must be a text that matches",
                "?from= | 'from' has no value.",
                "?to=2026-11-27&to=2026-11-27 | 'to' is there twice.",
                "?format=xml | 'format' must be one of csv, json.",
                "?day=2026-11-26 | A parameter is not known here."
            })
    void whatMakesNoSenseIsRefused(String query, String detail) {
        for (Answer refused : List.of(staff.authorisations(query), staff.availability(query))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("type")).isEqualTo("urn:assent:problem:malformed-request");
            assertThat(refused.text("detail")).startsWith(detail);
        }
    }

    @Test
    void theLongestReportIsOfFourHundredDays() {
        String days = "?from=" + DAY.minusDays(399) + "&to=" + DAY;

        staff.authorisations(days).ok();
        staff.availability(days).ok();
    }

    @Test
    void availabilityIsNotAskedOfAClient() {
        assertThat(staff.availability("?client=" + ACME).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"view-users", "view-realm", "query-clients"})
    void otherStaffSeeNothing(String role) {
        Staff other = Staff.of(bank, role);

        for (Answer refused : List.of(
                other.authorisations(""), other.authorisations("?client=" + ACME), other.availability("?format=csv"))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("type")).isEqualTo("urn:assent:problem:missing-rights");
        }
    }

    @Test
    void neitherDoStaffOfAnotherRealmOrAnybodyWithoutAToken() {
        Staff other = Staff.of(server.realm(Servers.OTHER), "view-clients");
        Staff elsewhere = new Staff(bank, other.id(), other.accessToken());
        Staff nobody = new Staff(bank, other.id(), null);

        for (String report : List.of("/reports/authorisations", "/reports/availability")) {
            assertThat(elsewhere.send("GET", report, null).status()).isIn(401, 403);
            assertThat(nobody.send("GET", report, null).status()).isEqualTo(401);
            assertThat(staff.send("POST", report, null).status()).isEqualTo(405);
        }
        assertThat(staff.send("GET", "/reports", null).status()).isEqualTo(404);
        assertThat(staff.send("GET", "/reports/payments", null).status()).isEqualTo(404);
    }

    @Test
    void theHeaderSaysTheFormatToo() {
        HttpRequest.Builder request = Http.request(
                        server.uri("/admin/realms/" + bank.name() + "/consents/reports/availability"))
                .header("Authorization", "Bearer " + staff.accessToken())
                .header("Accept", "text/csv, application/json;q=0.5")
                .GET();

        assertThat(Http.send(request).contentType()).hasValue("text/csv;charset=UTF-8");
        assertThat(staff.availability("").contentType()).hasValue("application/json");
    }
}
