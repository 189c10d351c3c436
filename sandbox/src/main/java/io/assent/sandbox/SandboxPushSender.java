package io.assent.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import io.assent.sandbox.customer.SimulatedPhone;
import io.assent.sandbox.stream.Event;
import io.assent.sandbox.stream.StreamKey;
import io.assent.sandbox.stream.Streams;

/** Hands pushes to the phone pages that listen, and to {@linkplain SimulatedPhone phones that there are not}. */
final class SandboxPushSender implements PushSender {

    private final Streams streams;

    SandboxPushSender(Streams streams) {
        this.streams = streams;
    }

    @Override
    public PushResult send(Device device, Push push) {
        return SimulatedPhone.of(device.pushToken()).map(SimulatedPhone::take).orElseGet(() -> toPage(device, push));
    }

    private PushResult toPage(Device device, Push push) {
        StreamKey phone = new StreamKey(StreamKey.Topic.PUSHES, push.realm(), device.pushToken());
        return streams.send(phone, Event.of(push.type().value(), json(push)))
                ? new PushResult.Delivered()
                : PushResult.RetryLater.because("no phone page is connected");
    }

    /** As the phone page reads it; the time in ISO 8601. */
    private static String json(Push push) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        push.nonce().ifPresent(nonce -> json.put("nonce", nonce));
        return json.put("type", push.type().value())
                .put(push.type().idField(), push.id())
                .put("realm", push.realm())
                .put("expiresAt", push.expiresAt().toString())
                .put("title", push.title())
                .put("body", push.body())
                .toString();
    }
}
