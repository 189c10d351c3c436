package io.assent.testing.actor;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.http.Answer;
import java.time.Duration;
import java.time.Instant;

/**
 * What a TPP holds while the customer decides (CIBA Core 1.0, section 7.3).
 *
 * @param since when the TPP got it
 */
public record Asked(String authReqId, Duration expiresIn, Instant since) {

    public static Asked of(Answer answer) {
        JsonNode body = answer.ok();
        return new Asked(
                body.get("auth_req_id").asText(),
                Duration.ofSeconds(body.get("expires_in").asLong()),
                Instant.now());
    }

    /** The first moment at which it must be over. */
    public Instant expiry() {
        return since.plus(expiresIn);
    }
}
