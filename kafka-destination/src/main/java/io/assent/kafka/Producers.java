package io.assent.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The producers of this node: one for each destination, made when it is first needed, and closed when its settings
 * changed, it failed for good, or nobody needed it for a while. What a closed one still had under way is repeated. None
 * waits for that of another destination.
 */
final class Producers implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(15);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final BiFunction<String, KafkaSettings, Producer<String, byte[]>> maker;
    private final Duration idle;

    /** Its thread is there while there are producers. */
    private final ScheduledThreadPoolExecutor closer;

    Producers() {
        this(Producers::make, IDLE);
    }

    /**
     * @param maker makes the producer of a destination
     * @param idle how long nobody needs one that is closed
     */
    Producers(BiFunction<String, KafkaSettings, Producer<String, byte[]>> maker, Duration idle) {
        this.maker = maker;
        this.idle = idle;
        closer = new ScheduledThreadPoolExecutor(1, Producers::thread);
        closer.setKeepAliveTime(1, TimeUnit.MINUTES);
        closer.allowCoreThreadTimeOut(true);
        closer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // of one that was shut down
        closer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "assent-kafka-idle");
        thread.setDaemon(true);
        thread.setContextClassLoader(Producers.class.getClassLoader());
        return thread;
    }

    private static Producer<String, byte[]> make(String destinationId, KafkaSettings settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // by this one Kafka finds its own classes by their names
        thread.setContextClassLoader(KafkaProducer.class.getClassLoader());
        try {
            return new KafkaProducer<>(
                    ProducerProperties.of(destinationId, settings), new StringSerializer(), new ByteArraySerializer());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * @param destinationId what it is kept by
     * @throws KafkaException where it can't be made: no name of a broker is known, or a key can't be read
     */
    Producer<String, byte[]> of(String destinationId, KafkaSettings settings) {
        return slots.computeIfAbsent(destinationId, unknown -> new Slot()).producer(destinationId, settings);
    }

    /** It failed in a way from which it may not come back. The next one is made anew. */
    void discard(String destinationId, Producer<String, byte[]> producer) {
        slots.get(destinationId).discard(producer);
    }

    @Override
    public void close() {
        closer.shutdown();
        slots.values().forEach(slot -> slot.close(LONGEST_CLOSE));
    }

    /** Where the producer of one destination is, or none. */
    private final class Slot {

        private Producer<String, byte[]> producer;
        private KafkaSettings settings;
        private long usedAt;

        private synchronized Producer<String, byte[]> producer(String destinationId, KafkaSettings wanted) {
            usedAt = System.nanoTime();
            if (producer != null && !wanted.equals(settings)) {
                close(Duration.ZERO);
            }
            if (producer == null) {
                producer = maker.apply(destinationId, wanted);
                settings = wanted;
                closeWhenIdle(producer, idle);
            }
            return producer;
        }

        private synchronized void discard(Producer<String, byte[]> failed) {
            if (producer == failed) {
                close(Duration.ZERO);
            }
        }

        private void closeWhenIdle(Producer<String, byte[]> made, Duration after) {
            closer.schedule(() -> closeIfIdle(made), after.toNanos(), TimeUnit.NANOSECONDS);
        }

        private synchronized void closeIfIdle(Producer<String, byte[]> made) {
            if (producer != made) {
                return;
            }
            Duration left = idle.minusNanos(System.nanoTime() - usedAt);
            if (left.isNegative() || left.isZero()) {
                close(Duration.ZERO);
            } else {
                closeWhenIdle(made, left);
            }
        }

        private synchronized void close(Duration limit) {
            if (producer != null) {
                producer.close(limit);
                producer = null;
            }
        }
    }
}
