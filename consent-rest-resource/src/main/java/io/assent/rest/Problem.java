package io.assent.rest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.assent.registration.RegistrationFlaw;
import io.assent.rules.SignatureDemand;
import io.assent.signature.SignatureFlaw;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.keycloak.services.ErrorResponseException;

/**
 * An error as the API reports it (RFC 9457).
 *
 * @param type {@code urn:assent:problem:<name>}; what a program decides by
 * @param title the same for every problem of the type
 * @param status the HTTP status
 * @param detail what went wrong this time, in words for a developer; never a secret
 * @param members what else a program needs to know (RFC 9457, section 3.2)
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonAnyGetter Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:assent:problem:";

    public Problem {
        Objects.requireNonNull(type);
        Objects.requireNonNull(title);
        Objects.requireNonNull(detail);
        members = Map.copyOf(members);
    }

    /** One that says all in words. */
    public Problem(String type, String title, int status, String detail) {
        this(type, title, status, detail, Map.of());
    }

    public static Problem malformedRequest(String detail) {
        return of("malformed-request", "The request is malformed", 400, detail);
    }

    public static Problem invalidToken(String detail) {
        return of("invalid-token", "A valid access token is needed", 401, detail);
    }

    public static Problem insufficientUserAuthentication(String detail) {
        return of("insufficient-user-authentication", "The customer's login is too weak or too old", 401, detail);
    }

    public static Problem impersonatedSession(String detail) {
        return of("impersonated-session", "An admin acts in the customer's place", 403, detail);
    }

    public static Problem offlineSession(String detail) {
        return of("offline-session", "The session is not one that the customer logged in to", 403, detail);
    }

    public static Problem customerLockedOut(String detail) {
        return of("customer-locked-out", "The customer is locked out", 403, detail);
    }

    public static Problem insufficientScope(String detail) {
        return of("insufficient-scope", "The access token does not have the scope", 403, detail);
    }

    public static Problem missingRights(String detail) {
        return of("missing-rights", "The admin may not do this", 403, detail);
    }

    public static Problem ownClient(String detail) {
        return of("own-client", "The access token belongs to the client that asks", 403, detail);
    }

    public static Problem askingClient(String detail) {
        return of("asking-client", "The access token belongs to a client that asks customers", 403, detail);
    }

    public static Problem publicClient(String detail) {
        return of("public-client", "The access token belongs to a client without a secret", 403, detail);
    }

    public static Problem httpsRequired(String detail) {
        return of("https-required", "The connection is not encrypted", 403, detail);
    }

    public static Problem deviceProofRequired(String detail) {
        return of("device-proof-required", "The call does not show that it is the device's own", 403, detail);
    }

    public static Problem invalidDeviceProof(String detail) {
        return of("invalid-device-proof", "A proof of the device does not hold", 403, detail);
    }

    public static Problem keyChallengeRequired(String detail) {
        return of("key-challenge-required", "A new key has to sign a key challenge", 403, detail);
    }

    public static Problem otherCustomer(String detail) {
        return of("other-customer", "The browser knows another customer", 403, detail);
    }

    public static Problem blocked(String detail) {
        return of("blocked", "The customer blocked the client", 403, detail);
    }

    public static Problem notFound(String detail) {
        return of("not-found", "Not found", 404, detail);
    }

    public static Problem unknownPath() {
        return notFound("The API has no such path.");
    }

    public static Problem methodNotAllowed(String detail) {
        return of("method-not-allowed", "Method not allowed", 405, detail);
    }

    public static Problem clientDisabled(String detail) {
        return of("client-disabled", "The client that asks is disabled", 409, detail);
    }

    public static Problem alreadyDecided(String detail) {
        return of("already-decided", "Already decided differently", 409, detail);
    }

    public static Problem notSendable(String detail) {
        return of("not-sendable", "There is nothing to send", 409, detail);
    }

    public static Problem deviceUnreachable(String detail) {
        return of("device-unreachable", "No push reaches the device", 409, detail);
    }

    public static Problem consentEnded(String detail) {
        return of("consent-ended", "The consent has ended", 409, detail);
    }

    public static Problem tooManyDevices(String detail) {
        return of("too-many-devices", "The customer has too many devices", 409, detail);
    }

    public static Problem destinationType(String detail) {
        return of("destination-type", "The destination is of another type", 409, detail);
    }

    public static Problem tooManyDestinations(String detail) {
        return of("too-many-destinations", "The realm has too many destinations", 409, detail);
    }

    public static Problem clientExists(String detail) {
        return of("client-exists", "There is another client of this client_id", 409, detail);
    }

    /** @param flaw what is wrong with it, and with which of its fields */
    public static Problem invalidRegistration(RegistrationFlaw flaw, String detail) {
        Problem problem = of("invalid-registration", "The client can't be registered like this", 422, detail)
                .with("flaw", flaw.word());
        return flaw.field() == null ? problem : problem.with("field", flaw.field());
    }

    /** @param changeId which one, or {@code null} where it is about all of them */
    public static Problem invalidChange(String changeId, String detail) {
        Problem problem = of("invalid-change", "Permissions can't change like this", 422, detail);
        return changeId == null ? problem : problem.with("change", changeId);
    }

    public static Problem staleVersion(String detail) {
        return of("stale-version", "Somebody else changed it", 409, detail);
    }

    public static Problem nothingToProve(String detail) {
        return of("nothing-to-prove", "The device has nothing to prove", 409, detail);
    }

    public static Problem proofOver(String detail) {
        return of("proof-over", "The time to prove the push token is over", 410, detail);
    }

    public static Problem expired(String detail) {
        return of("expired", "The request expired", 410, detail);
    }

    public static Problem linkUsed(String detail) {
        return of("link-used", "The link was used", 410, detail);
    }

    public static Problem slowBody(String detail) {
        return of("slow-body", "The body took too long", 408, detail);
    }

    public static Problem contentTooLarge(String detail) {
        return of("content-too-large", "The body is too large", 413, detail);
    }

    public static Problem unsupportedMediaType(String detail) {
        return of("unsupported-media-type", "The body is not JSON", 415, detail);
    }

    public static Problem invalidSelection(String detail) {
        return of("invalid-selection", "The selection can't be granted", 422, detail);
    }

    public static Problem unsupportedPlatform(String detail) {
        return of("unsupported-platform", "The platform is not available", 422, detail);
    }

    public static Problem unsupportedPushToken(String detail) {
        return of("unsupported-push-token", "The push token can't be used", 422, detail);
    }

    public static Problem unsupportedKey(String detail) {
        return of("unsupported-key", "The key can't be used", 422, detail);
    }

    /** @param demand what the bank demands */
    public static Problem signatureRequired(SignatureDemand demand, String detail) {
        return of("signature-required", "The approval has to be signed", 422, detail)
                .with("signatureRequired", demand.word());
    }

    public static Problem invalidSignature(SignatureFlaw flaw, String detail) {
        return of("invalid-signature", "The signature does not hold", 422, detail)
                .with("flaw", flaw.word());
    }

    /** @param triesLeft with none left the request is denied */
    public static Problem wrongNumber(int triesLeft, String detail) {
        return of("wrong-number", "It is not the number that the page shows", 422, detail)
                .with("triesLeft", triesLeft);
    }

    public static Problem numberRequired(String detail) {
        return of("number-required", "The approval needs the number that the page shows", 422, detail);
    }

    public static Problem contentChanged(String detail) {
        return of("content-changed", "The signed content is not the content that is shown now", 409, detail);
    }

    public static Problem unsupportedAttestation(String detail) {
        return of("unsupported-attestation", "The attestation can't be looked at", 422, detail);
    }

    public static Problem invalidAttestation(String detail) {
        return of("invalid-attestation", "The attestation does not hold", 422, detail);
    }

    public static Problem wrongNonce(String detail) {
        return of("wrong-nonce", "It is not the nonce that was sent", 422, detail);
    }

    public static Problem tooManyCalls(String detail) {
        return of("too-many-calls", "Too many calls", 429, detail);
    }

    public static Problem serverBusy(String detail) {
        return of("server-busy", "The server is busy", 503, detail);
    }

    public static Problem accountsUnavailable(String detail) {
        return of("accounts-unavailable", "The customer's accounts can't be read now", 503, detail);
    }

    public static Problem partnerUnavailable(String detail) {
        return of("partner-unavailable", "The partner gives no token now", 503, detail);
    }

    public static Problem serverError(String detail) {
        return of("server-error", "The server failed", 500, detail);
    }

    /** The last part of its type. */
    public String name() {
        return type.substring(type.lastIndexOf(':') + 1);
    }

    /** The exception that ends the request with this problem and rolls its transaction back. */
    public ErrorResponseException toException() {
        return new ErrorResponseException(toResponse());
    }

    public Response toResponse() {
        return response().build();
    }

    /** With a challenge that says what token would do (RFC 6750, section 3). */
    public ErrorResponseException toException(String challenge) {
        return new ErrorResponseException(
                response().header(HttpHeaders.WWW_AUTHENTICATE, challenge).build());
    }

    /** With the time after which another attempt is welcome, in whole seconds (RFC 9110, section 10.2.3). */
    public ErrorResponseException toException(Duration wait) {
        return new ErrorResponseException(toResponse(wait));
    }

    /** The same, where what was done stays done. */
    public Response toResponse(Duration wait) {
        return response()
                .header(HttpHeaders.RETRY_AFTER, wait.plusMillis(999).toSeconds())
                .build();
    }

    /** With the methods that the path has (RFC 9110, section 10.2.1). */
    public ErrorResponseException toException(Set<String> allowed) {
        return new ErrorResponseException(
                response().header(HttpHeaders.ALLOW, String.join(", ", allowed)).build());
    }

    private Response.ResponseBuilder response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .entity(this);
    }

    private static Problem of(String name, String title, int status, String detail) {
        return new Problem(TYPE_PREFIX + name, title, status, detail);
    }

    private Problem with(String member, Object value) {
        Map<String, Object> more = new HashMap<>(members);
        more.put(member, value);
        return new Problem(type, title, status, detail, more);
    }
}
