package io.assent.ciba.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.server.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * Believes a {@code login_hint_token} (CIBA Core 1.0, section 7.1) that the {@link TrustedIssuer} of the client signed:
 * once, and not for long. It is a JWT with a subject identifier in {@code sub_id} (RFC 9493).
 *
 * @param issuer what the realm calls itself
 * @param attributes by which the bank finds customers
 */
record LoginHintTokens(
        KeycloakSession session, ClientModel client, String issuer, LoginHints customers, List<String> attributes) {

    /** How long a token is good at the most: so long the server remembers that it was used. */
    static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private static final int SKEW_SECONDS = 10;
    private static final int MAX_ID = 255;

    HintedCustomer find(String jwt, Instant now) {
        Optional<TrustedIssuer> trusted = TrustedIssuer.of(client);
        if (trusted.isEmpty()) {
            return Refusal.invalidRequest("login_hint_token is not supported for this client");
        }
        Optional<JsonNode> signed = signed(trusted.get(), jwt);
        if (signed.isEmpty()) {
            return Refusal.invalidRequest(
                    "login_hint_token is not signed by an issuer that is trusted for this client");
        }
        JsonNode claims = signed.get();
        return flaw(claims, trusted.get(), now)
                .<HintedCustomer>map(refused -> refused)
                .orElseGet(() -> useUp(claims, trusted.get(), now)
                        ? subject(claims.path("sub_id"))
                        : Refusal.invalidRequest("login_hint_token was used before"));
    }

    private Optional<JsonNode> signed(TrustedIssuer trusted, String jwt) {
        try {
            JWSInput token = new JWSInput(jwt);
            return trusted.signed(session, token)
                    ? Optional.of(JsonSerialization.readValue(token.getContent(), JsonNode.class))
                    : Optional.empty();
        } catch (JWSInputException | IOException noToken) {
            return Optional.empty();
        }
    }

    private Optional<Refusal> flaw(JsonNode claims, TrustedIssuer trusted, Instant now) {
        if (!trusted.issuer().equals(claims.path("iss").textValue()) || !isForThisRealm(claims.path("aud"))) {
            return Optional.of(Refusal.invalidRequest("iss or aud of the login_hint_token is wrong"));
        }
        String id = claims.path("jti").textValue();
        if (id == null || id.isBlank() || id.length() > MAX_ID) {
            return Optional.of(Refusal.invalidRequest("jti of the login_hint_token is missing or too long"));
        }
        JsonNode issued = claims.path("iat");
        JsonNode expiry = claims.path("exp");
        if (!issued.isIntegralNumber() || !expiry.isIntegralNumber()) {
            return Optional.of(Refusal.invalidRequest("iat or exp of the login_hint_token is missing"));
        }
        if (issued.longValue() > now.getEpochSecond() + SKEW_SECONDS
                || expiry.longValue() - issued.longValue() > LONGEST_LIFE.toSeconds()) {
            return Optional.of(
                    Refusal.invalidRequest("the login_hint_token was issued in the future, or lives too long"));
        }
        return expiry.longValue() > now.getEpochSecond()
                ? Optional.empty()
                : Optional.of(new Refusal(Refusal.EXPIRED_LOGIN_HINT_TOKEN, "The login_hint_token has expired"));
    }

    private boolean isForThisRealm(JsonNode audience) {
        return audience.isArray()
                ? StreamSupport.stream(audience.spliterator(), false).anyMatch(one -> issuer.equals(one.textValue()))
                : issuer.equals(audience.textValue());
    }

    /** @return whether no call on any node used it before */
    private boolean useUp(JsonNode claims, TrustedIssuer trusted, Instant now) {
        String token = client.getRealm().getId()
                + '\n'
                + trusted.issuer()
                + '\n'
                + claims.path("jti").textValue();
        long left = claims.path("exp").longValue() - now.getEpochSecond();
        return session.singleUseObjects()
                .putIfAbsent(LoginHintTokens.class.getName() + ':' + Sha256.of(token), left + SKEW_SECONDS);
    }

    /** RFC 9493, section 3.2. */
    private HintedCustomer subject(JsonNode subject) {
        return switch (subject.path("format").asText()) {
            case "email" -> named(subject.path("email"), List.of(UserModel.EMAIL));
            case "phone_number" -> named(subject.path("phone_number"), List.of(LoginHints.PHONE_NUMBER));
            case "opaque" -> named(subject.path("id"), attributes);
            case "iss_sub" ->
                issuer.equals(subject.path("iss").textValue())
                        ? Optional.ofNullable(subject.path("sub").textValue())
                                .map(customers::byId)
                                .orElseGet(HintedCustomer.Unknown::new)
                        : new HintedCustomer.Unknown();
            default ->
                Refusal.invalidRequest(
                        "sub_id of the login_hint_token must have the format email, phone_number, iss_sub or opaque");
        };
    }

    private HintedCustomer named(JsonNode name, List<String> by) {
        return Optional.ofNullable(name.textValue())
                .filter(text -> !text.isBlank() && text.length() <= MAX_ID && text.indexOf('\0') < 0)
                .map(text -> customers.find(text, by))
                .orElseGet(HintedCustomer.Unknown::new);
    }
}
