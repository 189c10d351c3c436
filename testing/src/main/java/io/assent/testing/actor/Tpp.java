package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A third party: an OAuth client that asks customers by CIBA. */
public record Tpp(Realm realm, String clientId, String secret) {

    private static final AtomicLong QUESTIONS = new AtomicLong();

    /** Asks a customer, and must be allowed to. */
    public Asked ask(Customer customer, String... scopes) {
        return Asked.of(request(customer, Map.of(), scopes));
    }

    /** Asks a customer in ping mode. */
    public Asked askForPing(Customer customer, String clientNotificationToken, String... scopes) {
        return Asked.of(request(customer, Map.of("client_notification_token", clientNotificationToken), scopes));
    }

    /** The backchannel authentication request (CIBA Core 1.0, section 7.1). */
    public Answer request(Customer customer, Map<String, String> more, String... scopes) {
        return request(customer, more, Map.of(), scopes);
    }

    /** The same with headers. */
    public Answer request(Customer customer, Map<String, String> more, Map<String, String> headers, String... scopes) {
        Map<String, String> parameters = new LinkedHashMap<>(more);
        parameters.put("login_hint", customer.username());
        // the same question once more would take the place of the one before
        parameters.putIfAbsent("binding_message", "test-" + QUESTIONS.incrementAndGet());
        parameters.put("scope", String.join(" ", withOpenid(scopes)));
        return post("/protocol/openid-connect/ext/ciba/auth", parameters, headers);
    }

    /** A backchannel authentication request of just these parameters. */
    public Answer backchannel(Map<String, String> parameters) {
        return post("/protocol/openid-connect/ext/ciba/auth", parameters);
    }

    /** The claims of a signed request (CIBA Core 1.0, section 7.1.1), to be completed and signed. */
    public ObjectNode requestClaims(Customer customer, String... scopes) {
        long now = Instant.now().getEpochSecond();
        return Http.object()
                .put("iss", clientId)
                .put("aud", realm.uri("").toString())
                .put("iat", now)
                .put("nbf", now - 5)
                .put("exp", now + 60)
                .put("jti", UUID.randomUUID().toString())
                .put("scope", String.join(" ", withOpenid(scopes)))
                .put("login_hint", customer.username());
    }

    /** The token request (CIBA Core 1.0, section 10.1). */
    public Answer poll(Asked asked) {
        return poll(asked.authReqId());
    }

    public Answer poll(String authReqId) {
        return post(
                "/protocol/openid-connect/token",
                Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", authReqId));
    }

    public Answer refresh(Tokens tokens) {
        return post(
                "/protocol/openid-connect/token",
                Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    /** Refreshes for a part of what the tokens are good for (RFC 6749, section 6). */
    public Answer refresh(Tokens tokens, String... scopes) {
        return post(
                "/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.refreshToken(),
                        "scope",
                        String.join(" ", scopes)));
    }

    /** RFC 8693: another access token in the place of the one. */
    public Answer exchange(Tokens tokens, String scope) {
        return post(
                "/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token",
                        tokens.accessToken(),
                        "subject_token_type",
                        "urn:ietf:params:oauth:token-type:access_token",
                        "scope",
                        scope));
    }

    /** Ends a refresh token (RFC 7009). */
    public Answer revoke(Tokens tokens) {
        return post("/protocol/openid-connect/revoke", Map.of("token", tokens.refreshToken()));
    }

    public Answer introspect(Tokens tokens) {
        return introspect(tokens.accessToken());
    }

    public Answer introspect(String accessToken) {
        return post("/protocol/openid-connect/token/introspect", Map.of("token", accessToken));
    }

    public Answer userinfo(Tokens tokens) {
        return Http.send(Http.request(realm.uri("/protocol/openid-connect/userinfo"))
                .header("Authorization", "Bearer " + tokens.accessToken()));
    }

    /** Whether tokens are worth nothing at the bank's API, and get no new ones. */
    public void assertDead(Tokens tokens) {
        assertThat(realm.api().introspect(tokens).ok().get("active").asBoolean())
                .isFalse();
        assertThat(userinfo(tokens).status()).isEqualTo(401);
        assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");
    }

    /** Whether tokens are good at the bank's API, and get new ones. */
    public void assertAlive(Tokens tokens) {
        assertThat(realm.api().introspect(tokens).ok().get("active").asBoolean())
                .isTrue();
        Tokens.of(refresh(tokens));
    }

    /** The TPP's own token, with no customer. */
    public String ownToken(String... scopes) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
        if (scopes.length > 0) {
            parameters.put("scope", String.join(" ", scopes));
        }
        return post("/protocol/openid-connect/token", parameters)
                .ok()
                .get("access_token")
                .asText();
    }

    /** Any call with the client's own credentials. */
    public Answer post(String path, Map<String, String> parameters) {
        return post(path, parameters, Map.of());
    }

    private Answer post(String path, Map<String, String> parameters, Map<String, String> headers) {
        HttpRequest.Builder request =
                Http.form(realm.uri(path), parameters).header("Authorization", Http.basic(clientId, secret));
        headers.forEach(request::header);
        return Http.send(request);
    }

    private static List<String> withOpenid(String... scopes) {
        List<String> all = new ArrayList<>(List.of("openid"));
        all.addAll(List.of(scopes));
        return all;
    }
}
