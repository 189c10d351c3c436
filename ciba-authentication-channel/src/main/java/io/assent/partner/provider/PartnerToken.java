package io.assent.partner.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.partner.revocation.Revocable;
import io.assent.permission.Scopes;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A partner's token response (RFC 6749, section 5.1), as Keycloak keeps it with the customer's link to the partner.
 *
 * @param json it has an access token
 */
record PartnerToken(ObjectNode json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String ACCESS_TOKEN = "access_token";
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final String EXPIRES_IN = "expires_in";
    private static final String SCOPE = "scope";

    /** Where Keycloak keeps when the access token expires, in seconds since 1970. */
    private static final String EXPIRATION = "accessTokenExpiration";

    /** @return empty where there is no access token in it */
    static Optional<PartnerToken> read(String json) {
        return json == null
                ? Optional.empty()
                : parse(json)
                        .filter(JsonNode::isObject)
                        .map(node -> new PartnerToken((ObjectNode) node))
                        .filter(token -> token.text(ACCESS_TOKEN).isPresent());
    }

    /** What a revocation takes: the refresh token and the access token, in this order. */
    Revocable revocable() {
        return refreshToken()
                .map(refresh -> Revocable.refresh(refresh, accessToken()))
                .orElseGet(this::revocableAccess);
    }

    /** The access token alone: the login at the partner that gave it, and other tokens of it, stay. */
    Revocable revocableAccess() {
        return Revocable.access(accessToken());
    }

    private static Optional<JsonNode> parse(String json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    String accessToken() {
        return text(ACCESS_TOKEN).orElseThrow();
    }

    Optional<String> refreshToken() {
        return text(REFRESH_TOKEN);
    }

    /** What it is for; empty where the partner did not say, which means: what was asked for. */
    Optional<Set<String>> scopes() {
        return text(SCOPE).map(Scopes::split).map(Set::copyOf);
    }

    /** When it expires, in seconds since 1970; 0 where nobody knows. */
    long expiration() {
        return json.path(EXPIRATION).asLong(0);
    }

    /** Where nobody knows when it expires, one that can be fetched anew is. */
    boolean isOld(long at) {
        return expiration() == 0 ? refreshToken().isPresent() : expiration() <= at;
    }

    /** As it is kept in the place of another one, at a moment in seconds since 1970. */
    PartnerToken after(PartnerToken before, long now) {
        ObjectNode kept = json.deepCopy();
        if (json.path(EXPIRES_IN).asLong(0) > 0) {
            kept.put(EXPIRATION, now + json.path(EXPIRES_IN).asLong());
        }
        for (String field : new String[] {REFRESH_TOKEN, SCOPE, "id_token"}) {
            if (!kept.hasNonNull(field) && before.json.hasNonNull(field)) {
                kept.set(field, before.json.get(field));
            }
        }
        return new PartnerToken(kept);
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(json.path(field).textValue()).filter(text -> !text.isBlank());
    }
}
