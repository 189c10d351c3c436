package io.assent.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import io.assent.sandbox.stream.Event;
import io.assent.sandbox.stream.StreamKey;
import io.assent.sandbox.stream.Streams;

/** Hands pushes to the phone pages that listen. */
final class SandboxPushSender implements PushSender {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Streams streams;

    SandboxPushSender(Streams streams) {
        this.streams = streams;
    }

    @Override
    public PushResult send(Device device, Push push) {
        StreamKey phone = new StreamKey(StreamKey.Topic.PUSHES, push.realm(), device.pushToken());
        return streams.send(phone, Event.of(push.type(), json(push)))
                ? new PushResult.Delivered()
                : PushResult.RetryLater.because("no phone page is connected");
    }

    private static String json(Push push) {
        try {
            return JSON.writeValueAsString(PushMessage.of(push));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings is always JSON", e);
        }
    }

    /** The push as the phone page reads it; the time in ISO 8601. */
    private record PushMessage(
            String type, String requestId, String realm, String expiresAt, String title, String body) {
        static PushMessage of(Push push) {
            return new PushMessage(
                    push.type(),
                    push.requestId(),
                    push.realm(),
                    push.expiresAt().toString(),
                    push.title(),
                    push.body());
        }
    }
}
