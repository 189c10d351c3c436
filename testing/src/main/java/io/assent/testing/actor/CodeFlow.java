package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A TPP sends a browser to the bank and gets it back with a code (RFC 6749, section 4.1), with PKCE (RFC 7636). */
public final class CodeFlow {

    /** A redirect URI at which nothing needs to answer. */
    public static final URI BACK = URI.create("http://localhost:9/back");

    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private final Tpp tpp;
    private final URI redirectUri;
    private final String state = UUID.randomUUID().toString();
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** @param redirectUri where the browser is sent back to; nothing needs to be there */
    public CodeFlow(Tpp tpp, URI redirectUri, String... scopes) {
        this.tpp = tpp;
        this.redirectUri = redirectUri;
        parameters.put("response_type", "code");
        parameters.put("client_id", tpp.clientId());
        parameters.put("redirect_uri", redirectUri.toString());
        parameters.put("state", state);
        parameters.put("nonce", UUID.randomUUID().toString());
        parameters.put("code_challenge", challenge());
        parameters.put("code_challenge_method", "S256");
        parameters.put(
                "scope",
                Stream.concat(Stream.of("openid"), Arrays.stream(scopes)).collect(Collectors.joining(" ")));
    }

    public CodeFlow with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    public URI redirectUri() {
        return redirectUri;
    }

    public CodeFlow without(String parameter) {
        parameters.remove(parameter);
        return this;
    }

    /** The parameters of the authorization request. */
    public Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    /** The parameters as the claims of a request object (RFC 9101), that is valid for a minute. */
    public ObjectNode requestObject(String audience) {
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = Http.object();
        parameters.forEach(claims::put);
        return claims.put("iss", tpp.clientId())
                .put("aud", audience)
                .put("nbf", now - 5)
                .put("exp", now + 60);
    }

    public URI authorizationUri() {
        return tpp.realm().uri("/protocol/openid-connect/auth?" + Http.query(parameters));
    }

    /** The same by a pushed authorization request (RFC 9126). */
    public URI pushedAuthorizationUri() {
        return pushed(push());
    }

    /** The same for what was pushed before. */
    public URI pushed(Answer pushed) {
        String requestUri = pushed.ok().get("request_uri").asText();
        return tpp.realm()
                .uri("/protocol/openid-connect/auth?"
                        + Http.query(Map.of("client_id", tpp.clientId(), "request_uri", requestUri)));
    }

    /** The pushed authorization request (RFC 9126, section 2.1). */
    public Answer push() {
        return tpp.post("/protocol/openid-connect/ext/par/request", parameters);
    }

    /** Fetches the tokens for the code that the browser came back with. */
    public Tokens tokens(URI back) {
        return Tokens.of(redeem(back));
    }

    public Answer redeem(URI back) {
        return tpp.post(TOKEN_ENDPOINT, redemption(back));
    }

    /** The same of a client that shows who it is by parameters. */
    public Answer redeem(URI back, Map<String, String> clientAuthentication) {
        Map<String, String> all = new LinkedHashMap<>(redemption(back));
        all.putAll(clientAuthentication);
        return Http.send(Http.form(tpp.realm().uri(TOKEN_ENDPOINT), all));
    }

    /** The parameters of the token request. */
    public Map<String, String> redemption(URI back) {
        Map<String, String> answer = answer(back);
        assertThat(answer).as("answer to the TPP").containsKey("code");
        return Map.of(
                "grant_type",
                "authorization_code",
                "code",
                answer.get("code"),
                "redirect_uri",
                redirectUri.toString(),
                "code_verifier",
                verifier);
    }

    /** The error that the browser came back with. */
    public String error(URI back) {
        Map<String, String> answer = answer(back);
        assertThat(answer).as("answer to the TPP").doesNotContainKey("code");
        return answer.get("error");
    }

    private Map<String, String> answer(URI back) {
        assertThat(back.toString()).startsWith(redirectUri.toString());
        Map<String, String> answer = Arrays.stream(back.getRawQuery().split("&"))
                .map(parameter -> List.of(parameter.split("=", 2)))
                .collect(Collectors.toMap(pair -> pair.get(0), pair -> decode(pair.get(1))));
        assertThat(answer).as("answer to the TPP").containsEntry("state", state).containsKey("iss");
        return answer;
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
