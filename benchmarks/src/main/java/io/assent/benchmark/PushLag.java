package io.assent.benchmark;

import io.assent.benchmark.load.Asked;
import io.assent.benchmark.load.Connection;
import io.assent.benchmark.load.Sample;
import io.assent.benchmark.load.UnexpectedReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How long after a request's commit the vendor has its push, at a steady rate: requests are made when their time has
 * come, whether or not earlier ones are answered.
 *
 * @param sinceRow from the time in the request's row, which is taken before the commit: an upper bound
 * @param sinceAnswer from the arrival of the answer at the third party, which is after the commit: a lower bound
 */
record PushLag(Sample sinceRow, Sample sinceAnswer) {

    private static final int WORKERS = 16;

    static PushLag measure(Side side, Plan plan) throws InterruptedException {
        int requests = (int) (plan.lag().toSeconds() * plan.lagRate());
        long gap = TimeUnit.SECONDS.toNanos(1) / plan.lagRate();
        Map<String, Instant> answers = new ConcurrentHashMap<>();
        ThreadLocal<Connection> connections = ThreadLocal.withInitial(() -> connect(side));
        ScheduledExecutorService workers = Executors.newScheduledThreadPool(WORKERS);
        long begun = System.nanoTime();
        try {
            Map<Integer, Future<?>> made = new LinkedHashMap<>();
            for (int i = 0; i < requests; i++) {
                int customer = i % plan.customers();
                made.put(
                        i,
                        workers.schedule(
                                () -> {
                                    Asked asked = side.tpp().ask(connections.get(), customer);
                                    answers.put(asked.reference(), Instant.now());
                                    return null;
                                },
                                begun + i * gap - System.nanoTime(),
                                TimeUnit.NANOSECONDS));
            }
            for (Future<?> one : made.values()) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
        long elapsed = System.nanoTime() - begun;
        side.awaitPushes();
        PushLag lag = evaluate(side, answers, elapsed);
        side.endRound();
        return lag;
    }

    private static PushLag evaluate(Side side, Map<String, Instant> answers, long elapsed) {
        Map<String, String> ids = BenchmarkRealm.pendingByMessage(side.database());
        Map<String, String> rows =
                side.database().pairs("SELECT id, created_at FROM consent_request WHERE " + BenchmarkRealm.PENDING);
        long[] sinceRow = new long[answers.size()];
        long[] sinceAnswer = new long[answers.size()];
        int i = 0;
        for (Map.Entry<String, Instant> answer : answers.entrySet()) {
            String id = ids.get(answer.getKey());
            Instant receipt = side.pushes().receipt(id);
            if (receipt == null) {
                throw new UnexpectedReply("the vendor never got a push of a request that was accepted");
            }
            sinceRow[i] = Duration.between(Instant.ofEpochMilli(Long.parseLong(rows.get(id))), receipt)
                    .toNanos();
            sinceAnswer[i++] = Duration.between(answer.getValue(), receipt).toNanos();
        }
        Arrays.sort(sinceRow);
        Arrays.sort(sinceAnswer);
        return new PushLag(Sample.of(sinceRow, elapsed), Sample.of(sinceAnswer, elapsed));
    }

    /** Closed with the process: there are few of them. */
    private static Connection connect(Side side) {
        try {
            return new Connection(side.server().port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
