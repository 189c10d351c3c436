package io.assent.testing.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.http.Http;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** A decision before it is signed, so that a test can spoil it. */
public record SignedDecision(ObjectNode header, ObjectNode claims) {

    private static final long GOOD_FOR_SECONDS = 30;

    /**
     * An approval after a finger.
     *
     * @param request as {@code GET /requests/{id}} answers it
     * @param token the claims of the app's access token, which names the realm and the customer
     */
    static SignedDecision of(PhoneKey key, String deviceId, ObjectNode token, JsonNode request, Approval approval) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = Http.object().put("iss", deviceId);
        claims.set("aud", token.get("iss"));
        claims.set("sub", token.get("sub"));
        claims.put("iat", now)
                .put(
                        "exp",
                        request.has("expiresAt")
                                ? Math.min(now + GOOD_FOR_SECONDS, lastSecond(request))
                                : now + GOOD_FOR_SECONDS);
        claims.set("req", request.get("id"));
        claims.put("dec", "approve");
        ObjectNode granted = claims.putObject("grt");
        approval.scopes().forEach(granted.putArray("scopes")::add);
        granted.put("details_hash", hash(Http.JSON.createArrayNode().addAll(approval.details())));
        claims.put("dsp", ContentHash.of(request));
        claims.set("chl", request.path("challenge"));
        claims.putArray("amr").add("fpt");
        return new SignedDecision(
                Http.object()
                        .put("alg", "ES256")
                        .put("typ", "consent-decision+jwt")
                        .put("kid", key.id()),
                claims);
    }

    /**
     * A yes again to a consent, after a finger.
     *
     * @param consent as {@code GET /consents/{id}} answers it
     */
    static SignedDecision confirming(PhoneKey key, String deviceId, ObjectNode token, JsonNode consent) {
        List<JsonNode> details = new ArrayList<>();
        consent.get("details").forEach(detail -> details.add(detail.get("detail")));
        return of(
                        key,
                        deviceId,
                        token,
                        consent,
                        new Approval(consent.get("groups").findValuesAsText("scope"), details))
                .with(claims -> claims.put("dec", "confirm"));
    }

    /** The same with other claims. */
    public SignedDecision with(Consumer<ObjectNode> change) {
        ObjectNode changed = claims.deepCopy();
        change.accept(changed);
        return new SignedDecision(header, changed);
    }

    /** The same with another header. */
    public SignedDecision under(Consumer<ObjectNode> change) {
        ObjectNode changed = header.deepCopy();
        change.accept(changed);
        return new SignedDecision(changed, claims);
    }

    /** The compact JWS by a key, and by a new signature each time. */
    public String by(PhoneKey key) {
        return key.sign(header, claims);
    }

    private static String hash(JsonNode json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Canonical.hash(json));
    }

    /** The request's end, rounded up. */
    private static long lastSecond(JsonNode request) {
        return Instant.parse(request.get("expiresAt").asText())
                .plusNanos(999_999_999)
                .getEpochSecond();
    }
}
