package io.assent.it.fuzz;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Sends a real server what nobody should, and looks whether it answers with a 5xx of ours, changes a row of its
 * database, or grows.
 */
final class Fuzz {

    private static final int ROUNDS = 4;
    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    private static final Pattern LOG_ENTRY = Pattern.compile("\\n(?=[0-9]{4}-[0-9]{2}-[0-9]{2} )");

    /** Makes inputs of one kind. */
    interface Target {

        /** The next input, or nothing where what came out would not be malformed. */
        Optional<FuzzInput> next(FuzzNoise noise);
    }

    private final Keycloak server;
    private final List<Target> targets;
    private final long seed;
    private int numbers;
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    /** What the stock server's own paths answer in the same way: an example of each. */
    private final Map<String, String> stockFailures = new ConcurrentSkipListMap<>();

    private final Map<String, String> failures = new ConcurrentSkipListMap<>();

    private Fuzz(Keycloak server, List<Target> targets, long seed) {
        this.server = server;
        this.targets = targets;
        this.seed = seed;
    }

    /** @param seed the same seed makes the same inputs */
    static Fuzz of(Keycloak server, long seed) {
        return new Fuzz(server, targets(server.realm(Servers.BANK)), seed);
    }

    /** The realm to send it to, in which nothing expires meanwhile. */
    static RealmFile realm() {
        return Servers.realmFile().expiringAfter(36_000).with(realm -> realm.put("accessTokenLifespan", 36_000)
                // a damaged form is a failed login, and who is locked out is shown no screen
                .put("bruteForceProtected", false)
                .put("accessCodeLifespanUserAction", 36_000)
                .put("accessCodeLifespanLogin", 36_000)
                .put("ssoSessionIdleTimeout", 36_000));
    }

    /** A customer with a device and with requests that wait for an answer, and who can ask and answer. */
    private static List<Target> targets(Realm bank) {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        app.register(UUID.randomUUID(), "log");
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        String request = app.onlyPendingId();
        // read once before: that it was opened is kept
        app.request(request).ok();
        return List.of(
                new FuzzApi(bank, app.accessToken(), request),
                new FuzzApi(bank, app.accessToken(), request),
                new FuzzCiba(acme, customer, asked.authReqId()),
                new FuzzScreen(bank, acme));
    }

    /**
     * What came of it.
     *
     * @param failures what the server answered that it must not, with an example of each
     * @param changed the tables whose rows are not what they were
     * @param grown how much more heap was in use in the end than after a warm-up, in kilobytes
     * @param uncaught what the server logged as an error of ours that it did not expect
     */
    record Findings(Map<String, String> failures, Set<String> changed, long grown, List<String> uncaught) {}

    Findings run(int inputs) throws IOException, InterruptedException, ExecutionException {
        Instant begin = Instant.now();
        Map<String, String> tables = settledTables();
        send(inputs / 10);
        long before = heap();
        System.out.printf("heap after a warm-up with %,d inputs: %,d KB%n", numbers, before);
        long after = before;
        for (int round = 1; round <= ROUNDS; round++) {
            send(inputs / ROUNDS);
            after = heap();
            System.out.printf("heap after %,d inputs: %,d KB%n", numbers, after);
        }
        System.out.printf(
                "sent %,d inputs in %d s%n",
                counts.values().stream().mapToLong(LongAdder::sum).sum(),
                Duration.between(begin, Instant.now()).toSeconds());
        counts.forEach((kind, count) -> System.out.printf("  %-24s %,7d%n", kind, count.sum()));
        stockFailures.forEach((kind, input) -> System.out.printf("as the stock server answers, %s: %s%n", kind, input));
        Map<String, String> changed = new TreeMap<>(settledTables());
        changed.entrySet().removeAll(tables.entrySet());
        System.out.printf("%d tables compared%n", tables.size());
        List<String> uncaught = LOG_ENTRY
                .splitAsStream(server.said())
                .filter(entry -> entry.contains("Uncaught server error") && entry.contains("\tat io.assent"))
                .toList();
        return new Findings(Map.copyOf(failures), Set.copyOf(changed.keySet()), after - before, uncaught);
    }

    /** Sends so many more, four at once; which thread sends what changes nothing about it. */
    private void send(int inputs) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> sent = IntStream.range(0, inputs)
                .mapToObj(any -> numbers++)
                .<Future<?>>map(number -> threads.submit(() -> sendNumber(number)))
                .toList();
        for (Future<?> one : sent) {
            one.get();
        }
        threads.shutdown();
    }

    private void sendNumber(int number) {
        FuzzNoise noise = new FuzzNoise(seed, number);
        Target target = targets.get(number % targets.size());
        Optional<FuzzInput> made = target.next(noise);
        while (made.isEmpty()) {
            made = target.next(noise);
        }
        FuzzInput input = made.get();
        int status = input.send(server.port());
        count(counts, input.kind() + " " + name(status));
        String name = input.kind() + " " + name(status);
        String example = "input " + number + ": " + shown(input);
        if (status >= 200 && status < 300 && !input.reads()) {
            failures.putIfAbsent(name + ", accepted", example);
        } else if (status == FuzzInput.SILENCE || status >= 500) {
            boolean stockFailsToo = input.toStockPath().send(server.port()) == status;
            (stockFailsToo ? stockFailures : failures).putIfAbsent(name, example);
        }
    }

    private static String shown(FuzzInput input) {
        String all = input.method() + " " + input.path() + " " + input.headers() + " "
                + new String(input.body(), StandardCharsets.UTF_8);
        String printable =
                all.replaceAll("Bearer eyJ[A-Za-z0-9._-]+", "Bearer …").replaceAll("\\p{Cntrl}", "~");
        return printable.substring(0, Math.min(printable.length(), 400));
    }

    private static String name(int status) {
        return status == FuzzInput.CLOSED ? "closed" : status == FuzzInput.SILENCE ? "silence" : String.valueOf(status);
    }

    private static void count(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, first -> new LongAdder()).increment();
    }

    /** What is in every table, once the background work is done that the preparations gave rise to. */
    private Map<String, String> settledTables() {
        return Eventually.within(Duration.ofMinutes(1), "tables that do not change", this::tables, seen -> {
            Eventually.after(Instant.now().plusSeconds(3));
            return seen.equals(tables());
        });
    }

    /** But for the one in which housekeeping keeps how far it came: that goes on by itself. */
    private Map<String, String> tables() {
        Map<String, String> tables = Postgres.contents(server.databaseName());
        tables.remove("server_config");
        // calls are counted, malformed ones as well, and a node gives a sign of life each minute
        tables.keySet().removeAll(Set.of("consent_report_calls", "consent_report_node"));
        return tables;
    }

    /** Kilobytes in use after a full collection. */
    private long heap() throws IOException, InterruptedException {
        jcmd("GC.run");
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IllegalStateException("jcmd says nothing about the heap");
        }
        return Long.parseLong(used.group(1));
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder("jcmd", String.valueOf(server.pid()), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        return said;
    }
}
