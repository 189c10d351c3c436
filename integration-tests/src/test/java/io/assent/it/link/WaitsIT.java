package io.assent.it.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages wait for the app at a stock server: each is told what happens, and none holds anything of the server's. */
@Tag("long")
@Tag("weekly")
class WaitsIT {

    private static final String DATABASE = "waits";

    /** Waiting pages at a node; {@code -Dassent.waits.pages=3000} for more. */
    private static final int MOST = Integer.getInteger("assent.waits.pages", 1_000);

    /** Of the other tests. */
    private static final int OTHERS = 100;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * How much slower the slowest of a hundred token requests may be while pages wait. Beside all other tests, which
     * fight for the processor, this says next to nothing; alone on a machine, {@code -Dassent.waits.goal=1.2}.
     */
    private static final double GOAL = Double.parseDouble(System.getProperty("assent.waits.goal", "5"));

    private static final int TOKEN_REQUESTS = Integer.getInteger("assent.waits.requests", 300);
    private static final int ROUNDS = 5;

    private static Keycloak server;

    private final Realm bank = server.realm(Servers.BANK);
    private final Customer customer = bank.newCustomer();

    @BeforeAll
    static void startAServerWithTheProbe() {
        Postgres.createDatabase(DATABASE);
        // for what else the probe does
        Postgres.execute(DATABASE, """
                CREATE SCHEMA probe;
                CREATE TABLE probe.event (
                    name text, owner_id text, kind text, target text, attempts int, detail text, at timestamptz DEFAULT now());
                CREATE TABLE probe.fault (target text, name text, how text);
                """);
        server = Keycloak.on(
                        Postgres.address(DATABASE),
                        Distribution.providersAndProbe(),
                        DATABASE,
                        List.of(Servers.realmFile(), Servers.realmFile().named(Servers.OTHER)),
                        "--spi-consent-event--waits--most=" + (MOST + OTHERS),
                        // one client has them all, within a minute
                        "--spi-consent-link--jpa--opened-per-minute=1000000")
                .start();
    }

    /** With a page that waits: it keeps no server from stopping. */
    @AfterAll
    static void stop() {
        if (server != null) {
            CompletableFuture<Answer> page = inBackground(OpenLink.of(server.realm(Servers.BANK)), "open");
            assertThat(isHeld(page)).isTrue();
            server.stop();
            assertThat(server.said()).doesNotContain("Timed out waiting for graceful shutdown");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"claimed", "denied", "code", "approved"})
    void aPageThatWaitsIsToldWhatHappens(String state) throws Exception {
        OpenLink link = OpenLink.of(bank);
        CompletableFuture<Answer> page = inBackground(link, "open");
        assertThat(isHeld(page)).isTrue();

        link.move(customer, state);

        Answer answer = page.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.ok().get("state").asText()).isEqualTo(state);
        assertThat(answer.ok().get("link").isNull()).isTrue();
        assertThat(answer.ok().get("qr").isNull()).isTrue();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aPageWhoseLoginWentOnOrWhoseTimeIsOverIsToldSo() throws Exception {
        for (String end : List.of("leave", "end")) {
            OpenLink link = OpenLink.of(bank);
            CompletableFuture<Answer> page = inBackground(link, "open");
            assertThat(isHeld(page)).isTrue();

            link.have(end);

            Answer answer = page.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer.ok().get("state").asText()).isEqualTo("over");
        }
    }

    @Test
    void aPageThatKnowsLessThanTheServerIsAnsweredAtOnce() {
        OpenLink link = OpenLink.of(bank);
        link.move(customer, "claimed");

        Answer answer = link.ask("open");

        assertThat(answer.ok().get("state").asText()).isEqualTo("claimed");
        assertThat(answer.ok().get("secondsLeft").asInt()).isBetween(1, 300);
    }

    /** Made in the moment of the answer, it shows what a page does not wait at. */
    @ParameterizedTest
    @ValueSource(strings = {"denied", "code", "approved"})
    void aPageThatShowsTheAnswerIsNotHeld(String state) {
        OpenLink link = OpenLink.of(bank);
        link.move(customer, state);

        Optional<Answer> answer = link.look(state);

        assertThat(answer.orElseThrow().ok().get("state").asText()).isEqualTo(state);
    }

    @Test
    void aPageThatShowsAnotherLinkOrNoneIsGivenTheOneOfNow() {
        OpenLink link = OpenLink.of(bank);
        for (Optional<String> shown : List.of(Optional.<String>empty(), Optional.of(link.url() + "x"))) {
            Answer answer = Http.send(link.asked(link.question("open", shown)));

            assertThat(answer.ok().get("link").asText()).isEqualTo(link.url());
            assertThat(answer.ok().get("qr").asText()).startsWith("<svg ").contains("role=\"img\"");
        }
        Answer bare = Http.send(link.asked(Map.of("Assent-Watch", link.watch())));
        assertThat(bare.ok().get("state").asText()).isEqualTo("open");
    }

    @Test
    void aLinkIsRenewedOnScreenAfterHalfAMinute() {
        OpenLink link = OpenLink.of(bank);
        Postgres.execute(
                DATABASE, "UPDATE consent_link SET renewed_at = renewed_at - 31000 WHERE id = '" + link.id() + "'");

        Answer renewed = link.ask("open");
        assertThat(renewed.ok().get("link").asText())
                .startsWith(bank.uri("/consent/v1/links/").toString())
                .isNotEqualTo(link.url());
        assertThat(renewed.ok().get("qr").asText()).startsWith("<svg ");

        Answer secondTab = link.ask("open");
        assertThat(secondTab.ok().get("link")).isEqualTo(renewed.ok().get("link"));
    }

    @Test
    void nobodyWaitsByAnotherBrowsersWatch() {
        OpenLink link = OpenLink.of(bank);
        OpenLink other = OpenLink.of(bank);
        Map<String, String> question = link.question("open");

        List<Answer> answers = new ArrayList<>();
        answers.add(Http.send(other.asked(question)));
        answers.add(Http.send(OpenLink.asked(bank, question)));
        answers.add(Http.send(OpenLink.asked(bank, question).header("Cookie", "ASSENT_BROWSER=x")));
        answers.add(Http.send(OpenLink.asked(server.realm(Servers.OTHER), question)
                .header("Cookie", "ASSENT_BROWSER=" + link.cookie())));
        answers.add(Http.send(link.asked(Map.of("Assent-Watch", link.secret(), "Assent-State", "open"))));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Assent-Watch, short, 400",
        "Assent-Watch, ??????????????????????, 400",
        "Assent-State, OPEN, 400",
        "Assent-State, openopenopen, 400",
        "Assent-Link, a b, 400",
        "Assent-Watch, abcdefghijklmnopqrstuv, 404"
    })
    void aHeaderThatIsNotDescribedIsRefused(String header, String value, int status) {
        OpenLink link = OpenLink.of(bank);
        Map<String, String> question = link.question("claimed");
        question.put(header, value);

        assertThat(Http.send(link.asked(question)).status()).isEqualTo(status);
    }

    @Test
    void whatAFormOrABodySaysIsNotRead() {
        OpenLink link = OpenLink.of(bank);
        for (HttpRequest.Builder call : List.of(
                Http.form(bank.uri("/consent/v1/waits"), Map.of("watch", link.watch())),
                Http.json(bank.uri("/consent/v1/waits"), "POST", "{\"watch\":\"" + link.watch() + "\"}"))) {
            Answer answer = Http.send(call.header("Cookie", "ASSENT_BROWSER=" + link.cookie()));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("detail")).contains("Assent-Watch");
        }
    }

    /** A body that is read holds a thread until it is there, and anybody can send one. */
    @Test
    void bodiesThatNeverArriveKeepNobodyFromWaiting() throws IOException {
        OpenLink link = OpenLink.of(bank);
        link.move(customer, "claimed");
        URI waits = bank.uri("/consent/v1/waits");
        List<Socket> trickling = new ArrayList<>();
        try {
            for (int sender = 0; sender < 100; sender++) {
                Socket socket = new Socket(waits.getHost(), waits.getPort());
                trickling.add(socket);
                socket.getOutputStream()
                        .write(("POST " + waits.getPath() + " HTTP/1.1\r\nHost: " + waits.getAuthority()
                                        + "\r\nCookie: ASSENT_BROWSER=" + link.secret()
                                        + "\r\nAssent-Watch: " + link.watch()
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(link.ask("open").ok().get("state").asText()).isEqualTo("claimed");
        } finally {
            for (Socket socket : trickling) {
                socket.close();
            }
        }
    }

    @Test
    void aFourthPageOfALinkIsToldToAskLater() throws Exception {
        OpenLink link = OpenLink.of(bank);
        try (WaitingPages pages = WaitingPages.open(bank.uri("/consent/v1/waits"), List.of(link, link, link))) {
            Answer refused = Eventually.within(
                            PATIENCE, "a page that does not wait", () -> lookSlowly(link), WaitsIT::isFull)
                    .orElseThrow();
            assertThat(refused.header("Retry-After")).contains("5");
            assertThat(refused.problem()).isEqualTo("server-busy");
            // all three wait by now, also where this one was there before one of them; and they go on to
            long before = pages.refused();
            assertThat(isFull(link.look("open"))).isTrue();
            assertThat(pages.refused()).isEqualTo(before);
        }
    }

    @Test
    void aPageThatAsksWithoutEndIsStopped() {
        OpenLink link = OpenLink.of(bank);
        link.move(customer, "denied");

        Answer last = Eventually.within(
                PATIENCE, "a call too many", () -> link.ask("open"), answer -> answer.status() == 429);

        assertThat(last.header("Retry-After")).isPresent();
    }

    @Test
    void aPageThatGoesLeavesItsPlaceToAnother() {
        OpenLink link = OpenLink.of(bank);
        Instant opened = Instant.now();
        WaitingPages pages = WaitingPages.open(bank.uri("/consent/v1/waits"), List.of(link, link, link));
        Eventually.within(PATIENCE, "a page that does not wait", () -> lookSlowly(link), WaitsIT::isFull);

        pages.close();

        Eventually.within(PATIENCE, "a place", () -> link.look("open"), Optional::isEmpty);
        // later than that, the places would have been free anyway
        assumeTrue(Instant.now().isBefore(opened.plusSeconds(20)), "Skipped: the machine is too slow to tell");
    }

    /** Also what pages in such a number cost: no thread and no connection to the database. */
    @Test
    void manyPagesWaitAndCostTheTokenEndpointLittle() {
        List<OpenLink> links = spread(MOST);
        Tokens app = Tokens.of(customer.loggedIn());
        slowestOfAHundred(app);
        Footprint before = footprint();
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && best > GOAL; round++) {
            long alone = slowestOfAHundred(app);
            try (WaitingPages pages = WaitingPages.open(bank.uri("/consent/v1/waits"), links)) {
                Eventually.within(
                        PATIENCE,
                        "a page that waits beside them",
                        () -> OpenLink.of(bank).look("open"),
                        Optional::isEmpty);
                long beside = slowestOfAHundred(app);
                best = Math.min(best, (double) beside / alone);
                Footprint with = footprint();
                System.out.printf(
                        "%d pages that wait take %.1f ms of the server's processor each in a minute%n",
                        MOST, millisInAMinute() / MOST);
                System.out.printf(
                        "Token request, p99: %.2f ms, beside %d pages %.2f ms; before: %s, with them: %s;"
                                + " answered %d, refused %d%n",
                        alone / 1e6, MOST, beside / 1e6, before, with, pages.answered(), pages.refused());
                assertThat(with.threads() - before.threads()).as("threads more").isLessThan(100);
                Eventually.within(
                        PATIENCE,
                        "connections to the database at rest",
                        () -> footprint().connectionsInUse() <= 1);
            }
        }
        assertThat(best).as("p99 beside %d pages", MOST).isLessThanOrEqualTo(GOAL);
    }

    /** Links as if their pages had been opened at different times, so that they are not all renewed at once. */
    private List<OpenLink> spread(int count) {
        List<OpenLink> links = new ArrayList<>();
        while (links.size() < count) {
            links.addAll(OpenLink.of(bank, Math.min(500, count - links.size())));
        }
        Postgres.execute(DATABASE, "UPDATE consent_link SET renewed_at = renewed_at - (random() * 29000)::int");
        return links;
    }

    /** What 99 of a hundred token requests stay below, in nanoseconds. */
    private long slowestOfAHundred(Tokens app) {
        List<Long> nanos = new ArrayList<>();
        for (int call = 0; call < TOKEN_REQUESTS; call++) {
            long start = System.nanoTime();
            Answer answer = Http.send(Http.form(
                    bank.tokenEndpoint(),
                    Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            BankApp.CLIENT_ID,
                            "refresh_token",
                            app.refreshToken())));
            nanos.add(System.nanoTime() - start);
            answer.ok();
        }
        return nanos.stream().sorted().toList().get(TOKEN_REQUESTS * 99 / 100);
    }

    /** Of processor time, while nobody asks for anything else. */
    private static double millisInAMinute() {
        Duration watched = Duration.ofSeconds(20);
        Duration before = processorTime();
        Eventually.after(Instant.now().plus(watched));
        return 60.0 / watched.toSeconds() * processorTime().minus(before).toMillis();
    }

    private static Duration processorTime() {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private record Footprint(int threads, long heapMegabytes, long connections, long connectionsInUse) {}

    private static Footprint footprint() {
        String ofDatabase = "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + DATABASE + "'";
        return new Footprint(
                threads(),
                heapMegabytes(),
                Postgres.number(DATABASE, ofDatabase + " AND pid <> pg_backend_pid()"),
                Postgres.number(DATABASE, ofDatabase + " AND pid <> pg_backend_pid() AND state <> 'idle'"));
    }

    private static int threads() {
        try {
            return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(8).trim()))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left of the heap after a collection. */
    private static long heapMegabytes() {
        jcmd("GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd("GC.heap_info"));
        assertThat(used.find()).isTrue();
        return Long.parseLong(used.group(1)) / 1024;
    }

    private static String jcmd(String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(server.pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that the pages that wait come in between, and so seldom that nobody is stopped for it. */
    private static Optional<Answer> lookSlowly(OpenLink link) {
        Optional<Answer> answer = link.look("open");
        if (!isFull(answer)) {
            Eventually.after(Instant.now().plusSeconds(3));
        }
        return answer;
    }

    /** Where a page can't wait; not where the server just has many bodies to read. */
    private static boolean isFull(Optional<Answer> answer) {
        return answer.filter(refused -> refused.status() == 503)
                .filter(refused -> refused.text("detail").startsWith("Too many pages wait"))
                .isPresent();
    }

    private static CompletableFuture<Answer> inBackground(OpenLink link, String state) {
        return Http.client()
                .sendAsync(link.waiting(state).build(), BodyHandlers.ofString())
                .thenApply(Answer::of);
    }

    /** Whether the server goes on holding a question that was just sent. */
    private static boolean isHeld(CompletableFuture<Answer> page) {
        Eventually.after(Instant.now().plusSeconds(1));
        return !page.isDone();
    }
}
