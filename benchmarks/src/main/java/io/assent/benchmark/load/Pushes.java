package io.assent.benchmark.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pushes that arrived at the customers' phones, or at the vendor on their way there. May be used from any thread.
 */
public final class Pushes {

    private static final int LIMIT_SECONDS = 20;

    private final List<BlockingQueue<String>> arrived;
    private final Map<String, Instant> receipts = new ConcurrentHashMap<>();
    private final AtomicLong all = new AtomicLong();
    private final Duration underWay;

    /** @param underWay how long a push can be on its way to where it is seen */
    public Pushes(int customers, Duration underWay) {
        this.underWay = underWay;
        arrived = IntStream.range(0, customers)
                .<BlockingQueue<String>>mapToObj(customer -> new LinkedBlockingQueue<>())
                .toList();
    }

    /** A push arrived now. */
    public void arrived(int customer, String requestId) {
        receipts.putIfAbsent(requestId, Instant.now());
        arrived.get(customer).add(requestId);
        all.incrementAndGet();
    }

    /** The request that the customer's next push is about. */
    String await(int customer) throws InterruptedException {
        String requestId = arrived.get(customer).poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (requestId == null) {
            throw new UnexpectedReply("no push arrived within " + LIMIT_SECONDS + " s");
        }
        return requestId;
    }

    /** When the first push about a request arrived, or {@code null} if none has. */
    public Instant receipt(String requestId) {
        return receipts.get(requestId);
    }

    /** Returns when no push arrives any more of those that are on their way, or after {@value #LIMIT_SECONDS} s. */
    public void awaitLast() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(LIMIT_SECONDS).toNanos();
        long before;
        do {
            before = all.get();
            Thread.sleep(underWay.toMillis());
        } while (before != all.get() && System.nanoTime() < end);
    }

    public void forget() {
        Stream.of(arrived).flatMap(List::stream).forEach(BlockingQueue::clear);
        receipts.clear();
    }
}
