package io.assent.kafka;

import io.assent.destination.CloudEvent;
import io.assent.destination.EventDestination;
import io.assent.destination.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Sends events to a topic, in structured mode (CloudEvents Kafka Protocol Binding 1.0.2, section 3.3): the value is the
 * same JSON that every destination gets. The key is the event's subject, so that all events of one subject are in one
 * partition, in their order.
 */
final class KafkaDestination implements EventDestination {

    private static final String CONTENT_TYPE = "content-type";

    private final Producers producers;
    private final String id;
    private final KafkaSettings settings;
    private final AllowedHosts allowed;

    KafkaDestination(Producers producers, String id, KafkaSettings settings, AllowedHosts allowed) {
        this.producers = producers;
        this.id = id;
        this.settings = settings;
        this.allowed = allowed;
    }

    @Override
    public SendResult send(CloudEvent event) {
        // set before the operator took a host away, or by an import
        Optional<String> flaw = settings.flaw().or(() -> allowed.flaw(settings));
        if (flaw.isPresent()) {
            return new SendResult.Later(Optional.empty(), flaw.get(), true);
        }
        Producer<String, byte[]> producer;
        try {
            producer = producers.of(id, settings);
        } catch (KafkaException notMade) {
            return Failure.of(notMade).result();
        }
        return send(producer, event);
    }

    private SendResult send(Producer<String, byte[]> producer, CloudEvent event) {
        try {
            producer.send(record(event)).get(ProducerProperties.LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            return new SendResult.Taken();
        } catch (ExecutionException failed) {
            return failed(producer, Failure.of(failed.getCause()));
        } catch (KafkaException | IllegalStateException failed) {
            // the latter says that another thread has closed it meanwhile
            return failed(producer, Failure.of(failed));
        } catch (TimeoutException late) {
            return failed(producer, Failure.of(late));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return failed(producer, Failure.of(ending));
        }
    }

    private SendResult failed(Producer<String, byte[]> producer, Failure failure) {
        if (failure.isProducerDone()) {
            producers.discard(id, producer);
        }
        return failure.result();
    }

    private ProducerRecord<String, byte[]> record(CloudEvent event) {
        return new ProducerRecord<>(
                settings.topic(),
                null,
                event.subject(),
                event.bytes(),
                List.of(new RecordHeader(
                        CONTENT_TYPE,
                        (CloudEvent.MEDIA_TYPE + "; charset=UTF-8").getBytes(StandardCharsets.US_ASCII))));
    }
}
