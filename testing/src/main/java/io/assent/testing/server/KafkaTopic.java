package io.assent.testing.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that is in a topic, read as any consumer does. */
public final class KafkaTopic {

    private static final int PARTITIONS = 3;

    private final KafkaBroker broker;
    private final String topic;

    public KafkaTopic(KafkaBroker broker, String topic) {
        this.broker = broker;
        this.topic = topic;
    }

    /**
     * Reads from the beginning until there is what is waited for, and a moment more; those of one key in their order.
     */
    public List<Message> read(Duration limit, Predicate<List<Message>> enough) {
        List<Message> messages = new ArrayList<>();
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + limit.toNanos();
            while (!enough.test(messages)) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("not there within " + limit + ", but only " + messages);
                }
                add(consumer, messages);
            }
            add(consumer, messages);
        }
        return messages;
    }

    private static void add(KafkaConsumer<String, String> consumer, List<Message> messages) {
        consumer.poll(Duration.ofMillis(500)).forEach(record -> messages.add(Message.of(record)));
    }

    /**
     * One message.
     *
     * @param contentType its header {@code content-type}
     * @param headers how many it has
     */
    public record Message(int partition, String key, String value, Optional<String> contentType, int headers) {

        private static Message of(ConsumerRecord<String, String> record) {
            return new Message(
                    record.partition(),
                    record.key(),
                    record.value(),
                    Optional.ofNullable(record.headers().lastHeader("content-type"))
                            .map(header -> new String(header.value(), StandardCharsets.UTF_8)),
                    record.headers().toArray().length);
        }
    }
}
