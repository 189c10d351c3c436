package io.assent.securityevent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.GrantParameters;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.keycloak.util.JsonSerialization;

/**
 * The claims of a Security Event Token (RFC 8417, section 2.2) that says that a consent has ended. It names the consent
 * alone, by the id that the client knows, and nobody.
 *
 * @param id the {@code jti}
 * @param consentId the {@code grant_id}
 * @param claims all of them, as JSON; the same in every attempt to deliver it
 */
record SecurityEvent(String id, String consentId, String claims) {

    /** The type of the event. No standard has one for a consent or a grant. */
    static final String CONSENT_ENDED = "urn:assent:event:consent-ended";

    /**
     * @param consent one that has ended
     * @param issuer of the client's tokens
     * @param audience the client's {@code client_id}
     */
    static SecurityEvent ofEnd(Consent consent, String issuer, String audience) {
        Consent.End end = consent.findEnd().orElseThrow();
        String id = UUID.randomUUID().toString();
        ObjectNode claims = JsonSerialization.mapper
                .createObjectNode()
                .put("iss", issuer)
                .put("aud", audience)
                .put("iat", seconds(end.at()))
                .put("jti", id)
                .put("toe", seconds(end.at()));
        claims.putObject("sub_id").put("format", "opaque").put("id", consent.id());
        claims.putObject("events")
                .putObject(CONSENT_ENDED)
                .put(GrantParameters.GRANT_ID, consent.id())
                .put("status", consent.status().name().toLowerCase(Locale.ROOT))
                .put("initiating_entity", initiator(end.by()));
        return new SecurityEvent(id, consent.id(), claims.toString());
    }

    private static long seconds(Instant time) {
        return time.getEpochSecond();
    }

    /** In the words of the Continuous Access Evaluation Profile 1.0, section 2. */
    private static String initiator(Actor by) {
        return switch (by) {
            case CUSTOMER, TPP -> "user";
            case STAFF -> "admin";
            case SYSTEM -> "system";
        };
    }
}
