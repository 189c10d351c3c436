package io.assent.securityevent;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.outbox.DeliveryResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.keycloak.util.JsonSerialization;

/**
 * What a receiver of Security Event Tokens answered (RFC 8935, sections 2.2 to 2.4).
 *
 * @param retryAfter how long it asked us to wait
 * @param body the beginning of it, where the status is {@link #ERROR}
 */
record ReceiverAnswer(int status, Optional<Duration> retryAfter, byte[] body) {

    /** The status whose body says what is wrong. */
    static final int ERROR = 400;

    /** In bytes: far more than an error of RFC 8935 takes. */
    static final int MAX_BODY = 4_096;

    /** After that it is asked again, however long it wants to be left alone: there is a day in all. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The codes of section 2.4 for what may be well again without another token: keys and rights. */
    private static final Set<String> HEALING = Set.of("invalid_key", "authentication_failed", "access_denied");

    /** Those for a token that would be refused again. */
    private static final Set<String> FINAL = Set.of("invalid_request", "invalid_issuer", "invalid_audience");

    DeliveryResult result() {
        if (status >= 200 && status < 300) {
            return new DeliveryResult.Delivered();
        }
        if (status == ERROR) {
            Optional<String> error = error();
            String reason = "HTTP 400" + error.map(code -> ", " + code).orElse("");
            return error.filter(HEALING::contains).isPresent() ? later(reason) : new DeliveryResult.Refused(reason);
        }
        // a gateway says anything while what is behind it is replaced
        return later("HTTP " + status);
    }

    private DeliveryResult later(String reason) {
        return new DeliveryResult.RetryLater(
                retryAfter.map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait), reason);
    }

    /** A code that the RFC knows: any other text of a client's is nothing for a log. */
    private Optional<String> error() {
        try {
            return Optional.ofNullable(JsonSerialization.mapper.readTree(body))
                    .map(json -> json.path("err"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .filter(code -> HEALING.contains(code) || FINAL.contains(code));
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }
}
