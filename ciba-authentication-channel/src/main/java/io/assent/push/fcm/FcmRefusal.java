package io.assent.push.fcm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.firebase.messaging.MessagingErrorCode;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * FCM's answer that it did not take a message. Thrown through the SDK instead of being shown to it: it would answer a
 * 401 and a 503 by trying again, up to four times and with pauses, on a thread that others wait for.
 */
final class FcmRefusal extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final transient Optional<Duration> retryAfter;
    private final transient JsonNode error;

    FcmRefusal(int status, Optional<Duration> retryAfter, String body) {
        super("FCM answered " + status);
        this.status = status;
        this.retryAfter = retryAfter;
        this.error = parse(body);
    }

    int status() {
        return status;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The code in FCM's own detail of the error; empty where another server answered, or FCM had nothing to add. */
    Optional<MessagingErrorCode> code() {
        return details("google.firebase.fcm.v1.FcmError")
                .map(detail -> detail.path("errorCode").asText())
                .flatMap(name -> Stream.of(MessagingErrorCode.values())
                        .filter(code -> code.name().equals(name)))
                .findFirst();
    }

    /** Whether Google's own words are in it; a proxy on the way may answer as well. */
    boolean isOfGoogle() {
        return error.path("status").isTextual();
    }

    /**
     * Whether it is the token that is invalid. FCM has no code for it: an INVALID_ARGUMENT may as well mean the rest of
     * the message. It names the field in a detail, or says so in the error's message alone.
     */
    boolean blamesToken() {
        return details("google.rpc.BadRequest")
                        .flatMap(detail -> elements(detail.path("fieldViolations")))
                        .anyMatch(violation -> violation.path("field").asText().equals("message.token"))
                || error.path("message").asText().contains("registration token is not a valid");
    }

    /** For the operator's log. */
    String summary() {
        return "FCM answered " + status + code().map(code -> " " + code).orElse("");
    }

    private Stream<JsonNode> details(String type) {
        return elements(error.path("details"))
                .filter(detail -> detail.path("@type").asText().endsWith("/" + type));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JsonProcessingException notFromFcm) {
            return MissingNode.getInstance();
        }
    }
}
