package io.assent.ciba.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a signed request says about itself (CIBA Core 1.0, section 7.1.1): the stock code looks at its signature alone.
 *
 * @param issuer what the realm calls itself
 */
record SignedClaims(JsonNode claims, String clientId, String issuer) {

    /** How far the client's clock may be ahead. */
    private static final int SKEW_SECONDS = 10;

    Optional<Refusal> flaw(Instant now) {
        return reason(now).map(Refusal::invalidRequest);
    }

    private Optional<String> reason(Instant now) {
        if (!clientId.equals(claims.path("iss").textValue())) {
            return Optional.of("iss of the signed request is not the client_id");
        }
        if (!isForThisRealm()) {
            return Optional.of("aud of the signed request has not the issuer of this realm");
        }
        if (!claims.path("exp").isIntegralNumber() || claims.path("exp").longValue() <= now.getEpochSecond()) {
            return Optional.of("exp of the signed request is missing or over");
        }
        if (!isPast("nbf", now) || !isPast("iat", now)) {
            return Optional.of("nbf or iat of the signed request is missing or still to come");
        }
        return claims.path("jti").asText().isBlank()
                ? Optional.of("jti of the signed request is missing")
                : Optional.empty();
    }

    private boolean isForThisRealm() {
        JsonNode audience = claims.path("aud");
        return audience.isArray()
                ? StreamSupport.stream(audience.spliterator(), false).anyMatch(this::isThisRealm)
                : isThisRealm(audience);
    }

    private boolean isThisRealm(JsonNode audience) {
        return issuer.equals(audience.textValue());
    }

    private boolean isPast(String name, Instant now) {
        JsonNode time = claims.path(name);
        return time.isIntegralNumber() && time.longValue() <= now.getEpochSecond() + SKEW_SECONDS;
    }
}
