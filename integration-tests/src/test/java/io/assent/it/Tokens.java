package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens that a TPP was given. */
record Tokens(JsonNode response) {

    /** What {@link RealmFile#withAClaimPerPermission} puts before a permission's name. */
    static final String CLAIM_PREFIX = "granted/";

    /** The tokens of an answer that must have them. */
    static Tokens of(Answer answer) {
        assertThat(answer.status()).as("tokens in %s", answer).isEqualTo(200);
        assertThat(answer.json().hasNonNull("access_token"))
                .as("access token in %s", answer)
                .isTrue();
        return new Tokens(answer.json());
    }

    String accessToken() {
        return response.get("access_token").asText();
    }

    String refreshToken() {
        return response.get("refresh_token").asText();
    }

    /** The scope that the token endpoint said it granted. */
    Set<String> scope() {
        return split(response.path("scope").asText());
    }

    ObjectNode accessTokenClaims() {
        return claims(accessToken());
    }

    Set<String> accessTokenScope() {
        return split(accessTokenClaims().path("scope").asText());
    }

    ObjectNode refreshTokenClaims() {
        return claims(refreshToken());
    }

    ObjectNode idTokenClaims() {
        return claims(response.get("id_token").asText());
    }

    /** The permissions that claims speak of, in a realm {@linkplain RealmFile#withAClaimPerPermission with such}. */
    static Set<String> grantedByClaims(JsonNode claims) {
        return claims.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith(CLAIM_PREFIX))
                .map(name -> name.substring(CLAIM_PREFIX.length()))
                .collect(Collectors.toSet());
    }

    static Set<String> split(String scope) {
        return scope.isBlank() ? Set.of() : Set.of(scope.trim().split(" +"));
    }

    private static ObjectNode claims(String jwt) {
        return Http.parse(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8));
    }
}
