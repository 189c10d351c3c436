package io.assent.benchmark;

import io.assent.benchmark.load.Approval;
import io.assent.benchmark.load.Asked;
import io.assent.benchmark.load.BrowserLogin;
import io.assent.benchmark.load.Connection;
import io.assent.benchmark.load.Granted;
import io.assent.benchmark.load.Load;
import io.assent.benchmark.load.Load.Work;
import io.assent.benchmark.load.Pushes;
import io.assent.benchmark.load.Sample;
import io.assent.benchmark.load.Tpp;
import io.assent.benchmark.load.UnexpectedReply;
import io.assent.benchmark.load.Withdrawal;
import io.assent.benchmark.server.Database;
import io.assent.benchmark.server.Keycloak;
import io.assent.benchmark.server.ProcessTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of the servers that are compared, and what is under way on it. */
final class Side {

    /** How soon a client may poll again: the realm's interval, and some more. */
    private static final long POLLING_INTERVAL_NANOS = Duration.ofMillis(1200).toNanos();

    private static final int MOST_WORKERS = 32;
    private static final Duration INTRODUCTION_LIMIT = Duration.ofSeconds(120);
    /** So many customers end their consents, */
    static final int ENDING = 32;
    /** and so often they are given one to end. */
    private static final int MOST_ENDS = 10;

    /** Pending requests of whose push nothing is known yet. */
    private static final String PROMISED = "SELECT request.*, device.id AS device FROM"
            + " (SELECT * FROM consent_request WHERE " + BenchmarkRealm.PENDING + ") request"
            + " JOIN consent_device device ON device.realm_id = request.realm_id AND device.user_id = request.user_id"
            + " WHERE NOT EXISTS (SELECT 1 FROM consent_outbox delivery"
            + " WHERE delivery.request_id = request.id AND delivery.target = device.id)";

    private static final Duration PUSH_LIMIT = Duration.ofSeconds(30);

    private final SideName name;
    private final List<Keycloak> nodes;
    private final Database database;
    private final Tpp tpp;
    private final Approval approval;
    private final BrowserLogin browserLogin;
    private final Withdrawal withdrawal;
    private final Pushes pushes;
    private final Plan plan;

    private final int[] turns = new int[MOST_WORKERS];
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> approved = new ConcurrentLinkedQueue<>();
    private final Queue<Granted> granted = new ConcurrentLinkedQueue<>();
    private long polledAt = System.nanoTime() - POLLING_INTERVAL_NANOS;

    /**
     * @param nodes which the load is shared out among
     * @param pushes what arrives at the customers' phones, or {@code null} where nothing is pushed
     */
    Side(
            SideName name,
            List<Keycloak> nodes,
            Database database,
            Tpp tpp,
            Approval approval,
            BrowserLogin browserLogin,
            Withdrawal withdrawal,
            Pushes pushes,
            Plan plan) {
        this.name = name;
        this.nodes = List.copyOf(nodes);
        this.database = database;
        this.tpp = tpp;
        this.approval = approval;
        this.browserLogin = browserLogin;
        this.withdrawal = withdrawal;
        this.pushes = pushes;
        this.plan = plan;
    }

    SideName name() {
        return name;
    }

    /** One of its nodes. */
    Keycloak server() {
        return nodes.get(0);
    }

    private List<Integer> ports() {
        return nodes.stream().map(Keycloak::port).toList();
    }

    /** The processor time of all its nodes so far, in milliseconds. */
    long cpuMillis() {
        return nodes.stream()
                .mapToLong(node -> ProcessTimes.cpuMillis(node.pid()))
                .sum();
    }

    /** The resident memory of all its nodes. */
    long residentBytes() {
        return nodes.stream()
                .mapToLong(node -> ProcessTimes.residentBytes(node.pid()))
                .sum();
    }

    Database database() {
        return database;
    }

    Tpp tpp() {
        return tpp;
    }

    Pushes pushes() {
        return pushes;
    }

    /** Runs one phase. Every call that it counts was answered as expected. */
    Sample run(Operation operation, Duration time, int calls) throws InterruptedException {
        try {
            return load(operation, time, calls);
        } catch (UnexpectedReply unexpected) {
            throw new UnexpectedReply("side (" + name.letter() + "): " + unexpected.getMessage());
        }
    }

    private Sample load(Operation operation, Duration time, int calls) throws InterruptedException {
        Load load = new Load(ports(), operation.workers(), time, calls);
        return switch (operation) {
            case END -> ends(time, calls);
            case LIST ->
                load.run((worker, connection) -> {
                    withdrawal.list(connection, customer(worker, operation.workers(), ENDING));
                    return true;
                });
            case REQUEST_1, REQUEST_8, REQUEST_32 -> {
                forgetAsked();
                yield load.run(
                        (worker, connection) -> asked.add(tpp.ask(connection, customer(worker, operation.workers()))));
            }
            case POLL -> {
                // from the other end than the decisions: the stock server can tell a client to slow down by a poll
                // that is long past (seen once), so that what is redeemed was best never polled before
                Deque<Asked> pending = new ConcurrentLinkedDeque<>(asked);
                Sample sample = load.run(each(pending::pollLast, tpp::pollPending));
                polledAt = System.nanoTime();
                yield sample;
            }
            case DECISION -> {
                approval.prepare(asked);
                List<Deque<Asked>> hands = deal(operation.workers());
                yield load.run((worker, connection) -> {
                    Asked one = hands.get(worker).poll();
                    if (one != null) {
                        approval.approve(connection, one);
                        approved.add(one);
                    }
                    return one != null;
                });
            }
            case REDEMPTION -> {
                Thread.sleep(Math.max(0, (polledAt + POLLING_INTERVAL_NANOS - System.nanoTime()) / 1_000_000));
                yield load.run(each(approved::poll, (connection, one) -> granted.add(tpp.redeem(connection, one))));
            }
            // in turns, since one refresh token is used by one worker at a time
            case REFRESH ->
                load.run(each(granted::poll, (connection, one) -> granted.add(tpp.refresh(connection, one))));
            case JOURNEY ->
                load.run((worker, connection) -> journey(connection, customer(worker, operation.workers())));
            case APP_LINK ->
                load.run((worker, connection) -> browserJourney(connection, browsing(worker, operation.workers())));
        };
    }

    /**
     * One for each customer at a time, who has that one consent and the one session that came of it: the stock server
     * ends all of both. What makes the next ones is not measured.
     */
    private Sample ends(Duration time, int calls) throws InterruptedException {
        clearConsents();
        List<Sample.Run> runs = new ArrayList<>();
        long left = time.toNanos();
        int made = 0;
        do {
            granted.clear();
            introduce(ENDING);
            Sample.Run run = new Load(ports(), Operation.END.workers(), INTRODUCTION_LIMIT, ENDING)
                    .measure(each(granted::poll, withdrawal::withdraw));
            runs.add(run);
            left -= run.elapsedNanos();
            made += run.nanos().length;
        } while (left > 0 && made < calls && runs.size() < MOST_ENDS);
        introduce(ENDING);
        return Sample.of(runs);
    }

    private void clearConsents() {
        try {
            withdrawal.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One journey for each customer, and never two at once: the stock server stores a customer's first consent to a
     * client then, and of two it refuses one with 409.
     */
    void introduce() throws InterruptedException {
        introduce(plan.customers());
    }

    private void introduce(int first) throws InterruptedException {
        Queue<Integer> left =
                new ConcurrentLinkedQueue<>(IntStream.range(0, first).boxed().toList());
        new Load(ports(), Operation.JOURNEY.workers(), INTRODUCTION_LIMIT, first).run(each(left::poll, this::journey));
    }

    private boolean journey(Connection connection, int customer) throws IOException, InterruptedException {
        Asked one = tpp.ask(connection, customer);
        approval.approveWhenTold(connection, one);
        granted.add(tpp.redeem(connection, one));
        return true;
    }

    private boolean browserJourney(Connection connection, int customer) throws IOException, InterruptedException {
        String code = browserLogin.code(connection, tpp.authorizationRequest(), customer);
        tpp.exchange(connection, code, customer);
        return true;
    }

    /** Each worker has customers of its own, so that a push is for the one who waits for it. */
    private int customer(int worker, int workers) {
        return customer(worker, workers, plan.customers());
    }

    /** None of those who end their consents: what they list and end is what came of the other journeys. */
    private int browsing(int worker, int workers) {
        return ENDING + customer(worker, workers, plan.customers() - ENDING);
    }

    /** @param first so many of them; a multiple of the workers */
    private int customer(int worker, int workers, int first) {
        return (worker + workers * turns[worker]++) % first;
    }

    /** Each worker has customers of its own: no customer answers three questions at once, nor would the pack let it. */
    private List<Deque<Asked>> deal(int workers) {
        List<Deque<Asked>> hands =
                Stream.<Deque<Asked>>generate(ArrayDeque::new).limit(workers).toList();
        for (Asked one = asked.poll(); one != null; one = asked.poll()) {
            hands.get(one.customer() % workers).add(one);
        }
        return hands;
    }

    private static <T> Work each(Supplier<T> some, Call<T> call) {
        return (worker, connection) -> {
            T next = some.get();
            if (next != null) {
                call.make(connection, next);
            }
            return next != null;
        };
    }

    /** How many pushes were not sent yet: they wait, or they are promised. */
    long pushesWaiting() {
        return pushes == null
                ? 0
                : database.number("SELECT (SELECT count(*) FROM consent_outbox WHERE status = 'WAITING')"
                        + " + (SELECT count(*) FROM (" + PROMISED + ") promised)");
    }

    /** Returns when every push was sent. */
    void awaitPushes() throws InterruptedException {
        long end = System.nanoTime() + PUSH_LIMIT.toNanos();
        while (pushesWaiting() > 0) {
            if (System.nanoTime() > end) {
                throw new UnexpectedReply("pushes were not sent within " + PUSH_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    /** Takes the work away that a saturated server put off, so that it does not fall into another side's phase. */
    void dropPushes() throws InterruptedException {
        if (pushes != null) {
            // what the server concludes just now needs no closing, and each could wait for the other
            database.execute("UPDATE consent_outbox SET status = 'CLOSED', reason = 'benchmark', lease = NULL,"
                    + " closed_at = next_attempt_at WHERE id IN"
                    + " (SELECT id FROM consent_outbox WHERE status = 'WAITING' FOR UPDATE SKIP LOCKED)");
            database.execute("INSERT INTO consent_outbox (id, kind, realm_id, client_id, user_id, request_id, target,"
                    + " status, reason, attempts, next_attempt_at, created_at, expires_at, closed_at)"
                    + " SELECT " + History.orderedId("created_at")
                    + ", 'push', realm_id, client_id, user_id, id, device, 'CLOSED',"
                    + " 'benchmark', 0, created_at, created_at, expires_at, created_at FROM (" + PROMISED
                    + ") promised");
            pushes.awaitLast();
            pushes.forget();
        }
    }

    /** No customer has many questions open: the pack reads all of them at the next. */
    private void forgetAsked() {
        asked.clear();
        if (pushes != null) {
            database.execute("DELETE FROM consent_request WHERE expires_at < "
                    + "(extract(epoch FROM now()) * 1000)::bigint + 3000000 AND " + BenchmarkRealm.PENDING);
        }
    }

    /**
     * Forgets what is under way. Nowhere does a customer have more consents, or was asked more in the hour, than comes
     * of one round.
     */
    void endRound() {
        if (pushes != null) {
            BenchmarkRealm.forgetAnswers(database);
            if (!plan.makes(name, Operation.END)) {
                BenchmarkRealm.forgetConsents(database);
            }
        }
        asked.clear();
        approved.clear();
        granted.clear();
        approval.forget();
    }

    @FunctionalInterface
    private interface Call<T> {
        void make(Connection connection, T one) throws IOException, InterruptedException;
    }
}
