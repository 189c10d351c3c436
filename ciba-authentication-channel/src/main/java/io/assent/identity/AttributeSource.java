package io.assent.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Reads the user attribute {@value #ATTRIBUTE}: of each value a JSON object with {@code verification} and
 * {@code claims}. Only the bank may write it, which the realm's user profile has to say.
 */
final class AttributeSource implements VerifiedIdentitySource {

    static final String ATTRIBUTE = "kyc.verified_claims";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public List<VerifiedIdentity> identities(RealmModel realm, UserModel customer) throws UnavailableIdentityException {
        List<VerifiedIdentity> identities = new ArrayList<>();
        for (String value : customer.getAttributeStream(ATTRIBUTE).toList()) {
            identities.add(identity(value));
        }
        return identities;
    }

    private static VerifiedIdentity identity(String value) throws UnavailableIdentityException {
        try {
            JsonNode json = JSON.readTree(value);
            if (json.path("verification") instanceof ObjectNode verification
                    && verification.path(VerifiedIdentity.TRUST_FRAMEWORK).isTextual()
                    && json.path("claims") instanceof ObjectNode claims) {
                return new VerifiedIdentity(verification, claims);
            }
        } catch (JsonProcessingException malformed) {
            // the message would have a part of it
        }
        throw new UnavailableIdentityException("A user's attribute " + ATTRIBUTE
                + " is no JSON object with verification, which has a trust_framework, and claims. Correct it");
    }
}
