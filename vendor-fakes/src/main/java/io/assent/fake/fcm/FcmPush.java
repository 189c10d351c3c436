package io.assent.fake.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A message that {@link FcmFake} got.
 *
 * @param project the project that it was sent for
 * @param message the message, as in the API's {@code message}
 * @param receivedAt when
 * @param accepted whether it was taken: the sender may not know, where the answer was late or cut off
 */
public record FcmPush(String project, JsonNode message, Instant receivedAt, boolean accepted) {

    public String token() {
        return message.path("token").asText();
    }

    public String requestId() {
        return message.path("data").path("requestId").asText();
    }
}
