package io.assent.testing.fapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.fapi.JoseKey.Algorithm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A third party that signs its backchannel requests (CIBA Core 1.0, section 7.1.1), authenticates by
 * {@code private_key_jwt} and has its tokens bound by DPoP (RFC 9449).
 */
public record FapiTpp(Realm realm, String clientId, JoseKey key, JoseKey proofKey) {

    private static final String TOKEN = "/protocol/openid-connect/token";
    private static final String ASK = "/protocol/openid-connect/ext/ciba/auth";
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String CIBA = "urn:openid:params:grant-type:ciba";

    /** One that is not registered yet. */
    public static FapiTpp unregistered(Realm realm, Algorithm algorithm) {
        return new FapiTpp(
                realm, "fapi-" + UUID.randomUUID(), JoseKey.generate(algorithm), JoseKey.generate(Algorithm.ES256));
    }

    /** The same, with its tokens bound to another key. */
    public FapiTpp withAnotherProofKey() {
        return new FapiTpp(realm, clientId, key, JoseKey.generate(Algorithm.ES256));
    }

    /** What an admin registers, in the admin API's representation of the client; in poll mode. */
    public ObjectNode registration(String... scopes) {
        ObjectNode client = Http.object()
                .put("clientId", clientId)
                .put("protocol", "openid-connect")
                .put("publicClient", false)
                .put("clientAuthenticatorType", "client-jwt")
                .put("standardFlowEnabled", false);
        client.withObjectProperty("attributes")
                .put("oidc.ciba.grant.enabled", "true")
                .put("ciba.backchannel.token.delivery.mode", "poll")
                .put("ciba.backchannel.auth.request.signing.alg", key.algorithm())
                .put("token.endpoint.auth.signing.alg", key.algorithm())
                .put("use.jwks.string", "true")
                .put("jwks.string", key.jwks());
        client.withArrayProperty("defaultClientScopes").add("basic").add("acr");
        for (String scope : scopes) {
            client.withArrayProperty("optionalClientScopes").add(scope);
        }
        return client;
    }

    /** The claims of a signed request, good for five minutes. */
    public ObjectNode claims(Customer customer, String... scopes) {
        long now = Instant.now().getEpochSecond();
        return Http.object()
                .put("iss", clientId)
                .put("aud", issuer())
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + 300)
                .put("jti", UUID.randomUUID().toString())
                .put("scope", "openid " + String.join(" ", scopes))
                .put("login_hint", customer.username())
                .put("binding_message", "ref-1234");
    }

    public Answer ask(ObjectNode claims) {
        return request(key.sign(claims));
    }

    /** A backchannel request with any request object. */
    public Answer request(String requestObject) {
        return post(ASK, Map.of("request", requestObject), Optional.empty());
    }

    /** A backchannel request that is not signed. */
    public Answer plain(ObjectNode claims) {
        Map<String, String> parameters = new LinkedHashMap<>();
        claims.properties()
                .forEach(
                        claim -> parameters.put(claim.getKey(), claim.getValue().asText()));
        return post(ASK, parameters, Optional.empty());
    }

    public Answer poll(String authReqId) {
        return redeem(polling(authReqId));
    }

    public Answer pollWithoutProof(String authReqId) {
        return redeemWithoutProof(polling(authReqId));
    }

    /** The token request of any grant. */
    public Answer redeem(Map<String, String> grant) {
        return post(TOKEN, grant, Optional.of(proof("POST", realm.uri(TOKEN), Optional.empty())));
    }

    public Answer redeemWithoutProof(Map<String, String> grant) {
        return post(TOKEN, grant, Optional.empty());
    }

    static Map<String, String> polling(String authReqId) {
        return Map.of("grant_type", CIBA, "auth_req_id", authReqId);
    }

    public Answer refresh(Tokens tokens) {
        return refresh(tokens, key.sign(assertion()));
    }

    /** The same with any client assertion. */
    public Answer refresh(Tokens tokens, String assertion) {
        return post(
                TOKEN,
                Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()),
                Optional.of(proof("POST", realm.uri(TOKEN), Optional.empty())),
                assertion);
    }

    public Answer userinfo(Tokens tokens) {
        URI endpoint = realm.uri("/protocol/openid-connect/userinfo");
        return Http.send(Http.request(endpoint)
                .header("Authorization", "DPoP " + tokens.accessToken())
                .header("DPoP", proof("GET", endpoint, Optional.of(tokens.accessToken()))));
    }

    /** Uses a token as if it were bound to nothing. */
    public Answer userinfoWithoutProof(Tokens tokens) {
        return Http.send(Http.request(realm.uri("/protocol/openid-connect/userinfo"))
                .header("Authorization", "Bearer " + tokens.accessToken()));
    }

    /** Any call, authenticated with an assertion of its own. */
    public Answer post(String path, Map<String, String> parameters, Optional<String> proof) {
        return post(path, parameters, proof, key.sign(assertion()));
    }

    /** Any call with any client assertion. */
    public Answer post(String path, Map<String, String> parameters, Optional<String> proof, String assertion) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(authentication(assertion));
        HttpRequest.Builder request = Http.form(realm.uri(path), all);
        proof.ifPresent(value -> request.header("DPoP", value));
        return Http.send(request);
    }

    /** The parameters of a call by which it shows who it is (RFC 7523, section 2.2). */
    Map<String, String> authentication() {
        return authentication(key.sign(assertion()));
    }

    private static Map<String, String> authentication(String assertion) {
        return Map.of("client_assertion_type", ASSERTION_TYPE, "client_assertion", assertion);
    }

    /** A backchannel request with any client assertion. */
    public Answer ask(ObjectNode claims, String assertion) {
        return post(ASK, Map.of("request", key.sign(claims)), Optional.empty(), assertion);
    }

    /** The claims of a client assertion (RFC 7523), good for a minute and once. */
    public ObjectNode assertion() {
        long now = Instant.now().getEpochSecond();
        return Http.object()
                .put("iss", clientId)
                .put("sub", clientId)
                .put("aud", issuer())
                .put("jti", UUID.randomUUID().toString())
                .put("iat", now)
                .put("exp", now + 60);
    }

    private String proof(String method, URI uri, Optional<String> accessToken) {
        ObjectNode header = Http.object().put("typ", "dpop+jwt");
        header.set("jwk", proofKey.jwk());
        ObjectNode claims = Http.object()
                .put("jti", UUID.randomUUID().toString())
                .put("htm", method)
                .put("htu", uri.toString())
                .put("iat", Instant.now().getEpochSecond());
        accessToken.ifPresent(token -> claims.put("ath", hash(token)));
        return proofKey.sign(header, claims);
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public String issuer() {
        return realm.uri("").toString();
    }
}
