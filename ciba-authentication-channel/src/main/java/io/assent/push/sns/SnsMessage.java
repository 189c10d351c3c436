package io.assent.push.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.push.Push;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** A push as SNS takes it: one message with a form for each kind of phone, or a plain one for a topic. */
final class SnsMessage {

    private static final String APNS_ATTRIBUTE = "AWS.SNS.MOBILE.APNS.";

    private final Push push;
    private final Duration life;

    /** @param life how long there is a use in delivering it */
    SnsMessage(Push push, Duration life) {
        this.push = push;
        this.life = life;
    }

    PublishRequest toAndroid(String endpoint) {
        return toPhone(endpoint, false).build();
    }

    PublishRequest toApple(String endpoint, boolean sandbox) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put(APNS_ATTRIBUTE + "PUSH_TYPE", text("alert"));
        attributes.put(APNS_ATTRIBUTE + "PRIORITY", text("10"));
        attributes.put(APNS_ATTRIBUTE + "COLLAPSE_ID", text(push.id()));
        attributes.put(
                (sandbox ? "AWS.SNS.MOBILE.APNS_SANDBOX." : APNS_ATTRIBUTE) + "TTL",
                text(String.valueOf(Math.max(1, life.toSeconds()))));
        return toPhone(endpoint, sandbox).messageAttributes(attributes).build();
    }

    /**
     * For a notification service of the bank's own. The device's id is what it finds the phone by: a random number that
     * the app chose and told that service as well. Neither the customer nor the push token is named.
     */
    PublishRequest toTopic(String topic, String deviceId) {
        ObjectNode message =
                data().put("deviceId", deviceId).put("title", push.title()).put("body", push.body());
        return PublishRequest.builder()
                .topicArn(topic)
                .message(message.toString())
                .messageAttributes(Map.of("type", text(push.type().value()), "realm", text(push.realm())))
                .build();
    }

    private PublishRequest.Builder toPhone(String endpoint, boolean sandbox) {
        ObjectNode forms = object().put("default", push.title())
                .put("GCM", fcm().toString())
                .put(sandbox ? "APNS_SANDBOX" : "APNS", apns().toString());
        return PublishRequest.builder()
                .targetArn(endpoint)
                .messageStructure("json")
                .message(forms.toString());
    }

    private ObjectNode fcm() {
        ObjectNode message = object();
        message.set("notification", object().put("title", push.title()).put("body", push.body()));
        message.set("data", data());
        ObjectNode android = object().put("priority", "high")
                .put("ttl", Math.max(1, life.toSeconds()) + "s")
                .put("collapse_key", push.id());
        android.set("notification", object().put("tag", push.id()));
        message.set("android", android);
        ObjectNode envelope = object();
        envelope.set("fcmV1Message", object().set("message", message));
        return envelope;
    }

    private ObjectNode apns() {
        ObjectNode aps = object();
        aps.set("alert", object().put("title", push.title()).put("body", push.body()));
        ObjectNode payload = data();
        payload.set("aps", aps);
        return payload;
    }

    private ObjectNode data() {
        ObjectNode data = object().put("type", push.type().value())
                .put(push.type().idField(), push.id())
                .put("realm", push.realm())
                .put("expiresAt", push.expiresAt().toString());
        push.nonce().ifPresent(nonce -> data.put("nonce", nonce));
        return data;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
