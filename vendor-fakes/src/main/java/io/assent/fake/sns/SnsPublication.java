package io.assent.fake.sns;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.fake.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A message that {@link SnsFake} got.
 *
 * @param target the ARN of an endpoint or of a topic
 * @param token the push token of that endpoint; {@code null} for a topic, or where there is no such endpoint
 * @param structure the message's structure, {@code json} or {@code null}
 * @param message the message, as JSON
 * @param attributes its attributes' values, by name
 * @param receivedAt when
 * @param accepted whether it was taken: the sender may not know, where the answer was late or cut off
 */
public record SnsPublication(
        String target,
        String token,
        String structure,
        JsonNode message,
        Map<String, String> attributes,
        Instant receivedAt,
        boolean accepted) {

    /** The request that it is about: the phones' forms are JSON within a string. */
    public String requestId() {
        return Stream.concat(
                        Stream.of(message),
                        message.properties().stream()
                                .map(form -> Json.parse(form.getValue().asText())))
                .map(form -> form.findValue("requestId"))
                .filter(Objects::nonNull)
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }
}
