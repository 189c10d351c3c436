package io.assent.testing.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Tokens;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.List;
import java.util.UUID;

/**
 * The bank's app on a phone that has a key, with which the customer signs.
 *
 * @param deviceId as it is registered
 */
public record SigningPhone(BankApp app, String deviceId, PhoneKey key) {

    /** A new phone, on which the customer logs in. */
    public static SigningPhone of(Customer customer) {
        return enrolled(customer.app());
    }

    /** A new phone with an app that somebody is logged in to. */
    public static SigningPhone enrolled(BankApp app) {
        return enrolled(app, PhoneKey.generate());
    }

    /** The same with a key that the test has. */
    public static SigningPhone enrolled(BankApp app, PhoneKey key) {
        SigningPhone phone = new SigningPhone(app, UUID.randomUUID().toString(), key);
        ObjectNode registration = Http.object().put("platform", "log").put("pushToken", "push-" + phone.deviceId);
        registration.set("key", phone.key.jwk());
        app.registerSigned(phone.deviceId, registration.toString(), phone.key).ok();
        return phone;
    }

    /** Looks at a request and approves all that is asked for, signed; of accounts, where one must be, the first. */
    public Answer approve(String requestId) {
        JsonNode request = app.request(requestId).ok();
        return approve(request, Approval.ofAll(request));
    }

    /** Looks at a request and approves these permissions with these authorization details, signed. */
    public Answer approve(String requestId, List<String> grantedScopes, JsonNode... grantedDetails) {
        return approve(app.request(requestId).ok(), new Approval(grantedScopes, List.of(grantedDetails)));
    }

    private Answer approve(JsonNode request, Approval approval) {
        return send(request, approval, decision(request, approval).by(key));
    }

    /**
     * What this phone signs where the customer approves.
     *
     * @param request as {@code GET /requests/{id}} answers it
     */
    public SignedDecision decision(JsonNode request, Approval approval) {
        return SignedDecision.of(key, deviceId, Tokens.claims(app.accessToken()), request, approval);
    }

    /** Looks at a consent and says yes to it again, signed. */
    public Answer confirm(String consentId) {
        return confirm(consentId, confirmation(app.consent(consentId).ok()).by(key));
    }

    /** The same with a signature of any kind. */
    public Answer confirm(String consentId, String signature) {
        return app.confirm(consentId, Http.object().put("signature", signature).toString());
    }

    /**
     * What this phone signs where the customer says yes again.
     *
     * @param consent as {@code GET /consents/{id}} answers it
     */
    public SignedDecision confirmation(JsonNode consent) {
        return SignedDecision.confirming(key, deviceId, Tokens.claims(app.accessToken()), consent);
    }

    /** Approves with a signature of any kind. */
    public Answer send(JsonNode request, Approval approval, String signature) {
        return app.decide(
                request.get("id").asText(),
                approval.body().put("signature", signature).toString());
    }
}
