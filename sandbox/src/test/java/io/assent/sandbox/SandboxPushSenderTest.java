package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.sandbox.stream.StreamKey;
import io.assent.sandbox.stream.Streams;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxPushSenderTest {

    private static final Instant EXPIRY = Instant.parse("2026-11-22T09:02:00Z");
    private static final Device PHONE =
            new Device("1", "sandbox", "token", null, null, null, Instant.EPOCH, null, false);
    private static final Push PUSH =
            new Push(Push.Type.CONSENT_REQUESTED, "6f1c", "bank", EXPIRY, "A new request", "Say \"yes\"\nor no");

    private final Streams streams = new Streams();
    private final SandboxPushSender sender = new SandboxPushSender(streams);

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void withoutAPhoneTheSendIsToBeRepeated() {
        assertThat(sender.send(PHONE, PUSH)).isInstanceOf(PushResult.RetryLater.class);
    }

    @Test
    void thePushReachesThePhoneWithAllItsFields() throws InterruptedException, IOException {
        Flow.Publisher<OutboundSseEvent> stream = streams.open(new StreamKey(StreamKey.Topic.PUSHES, "bank", "token"))
                .orElseThrow();
        BlockingQueue<OutboundSseEvent> arrived = subscribe(stream);

        assertThat(sender.send(PHONE, PUSH)).isInstanceOf(PushResult.Delivered.class);

        assertThat(arrived.poll(5, TimeUnit.SECONDS).getComment()).isNotNull();
        OutboundSseEvent event = arrived.poll(5, TimeUnit.SECONDS);
        assertThat(event.getName()).isEqualTo("consent-requested");
        assertThat((String) event.getData()).doesNotContain("\n");
        JsonNode push = new ObjectMapper().readTree((String) event.getData());
        assertThat(push.properties())
                .extracting(field -> field.getKey() + "=" + field.getValue().asText())
                .containsExactlyInAnyOrder(
                        "type=consent-requested",
                        "requestId=6f1c",
                        "realm=bank",
                        "expiresAt=2026-11-22T09:02:00Z",
                        "title=A new request",
                        "body=Say \"yes\"\nor no");
    }

    private static BlockingQueue<OutboundSseEvent> subscribe(Flow.Publisher<OutboundSseEvent> stream) {
        BlockingQueue<OutboundSseEvent> arrived = new LinkedBlockingQueue<>();
        stream.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(OutboundSseEvent event) {
                arrived.add(event);
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });
        return arrived;
    }
}
