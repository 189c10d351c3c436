package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tokens that a TPP was given. */
public record Tokens(JsonNode response) {

    /** What {@link RealmFile#withAClaimPerPermission} puts before a permission's name. */
    static final String CLAIM_PREFIX = "granted/";

    /** The tokens of an answer that must have them. */
    public static Tokens of(Answer answer) {
        assertThat(answer.status()).as("tokens in %s", answer).isEqualTo(200);
        assertThat(answer.json().hasNonNull("access_token"))
                .as("access token in %s", answer)
                .isTrue();
        return new Tokens(answer.json());
    }

    public String accessToken() {
        return response.get("access_token").asText();
    }

    public String refreshToken() {
        return response.get("refresh_token").asText();
    }

    /** The scope that the token endpoint said it granted. */
    public Set<String> scope() {
        return split(response.path("scope").asText());
    }

    public ObjectNode accessTokenClaims() {
        return claims(accessToken());
    }

    public Set<String> accessTokenScope() {
        return split(accessTokenClaims().path("scope").asText());
    }

    public ObjectNode refreshTokenClaims() {
        return claims(refreshToken());
    }

    public ObjectNode idTokenClaims() {
        return claims(response.get("id_token").asText());
    }

    /** The permissions that claims speak of, in a realm {@linkplain RealmFile#withAClaimPerPermission with such}. */
    public static Set<String> grantedByClaims(JsonNode claims) {
        return claims.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith(CLAIM_PREFIX))
                .map(name -> name.substring(CLAIM_PREFIX.length()))
                .collect(Collectors.toSet());
    }

    public static Set<String> split(String scope) {
        return scope.isBlank() ? Set.of() : Set.of(scope.trim().split(" +"));
    }

    /** What a JWT says; who signed it is not looked at. */
    public static ObjectNode claims(String jwt) {
        return Http.parse(new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8));
    }
}
