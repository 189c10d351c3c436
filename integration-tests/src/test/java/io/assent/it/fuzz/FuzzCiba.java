package io.assent.it.fuzz;

import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requests to the two endpoints that a TPP calls, none of which may ask a customer anything or be worth a token. */
final class FuzzCiba implements Fuzz.Target {

    private static final String CIBA = "urn:openid:params:grant-type:ciba";

    private final Tpp tpp;
    private final Customer customer;
    private final String authReqId;

    /** @param authReqId one that the customer has not answered */
    FuzzCiba(Tpp tpp, Customer customer, String authReqId) {
        this.tpp = tpp;
        this.customer = customer;
        this.authReqId = authReqId;
    }

    @Override
    public Optional<FuzzInput> next(FuzzNoise noise) {
        return Optional.of(noise.oneIn(2) ? request(noise) : poll(noise));
    }

    /** A backchannel authentication request in which one thing is wrong. */
    private FuzzInput request(FuzzNoise noise) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("scope", "openid accounts.balances");
        form.put("login_hint", customer.username());
        Map<String, String> headers = authenticated(tpp.secret());
        String more = "";
        switch (noise.below(17)) {
            case 0 -> form.put("scope", "openid x-" + noise.text());
            case 1 -> form.put("login_hint", "x-" + noise.text());
            case 2 -> form.remove("login_hint");
            case 3 ->
                form.put("binding_message", noise.text() + noise.oneOf("\u202e", "\n", "\u200b", "x".repeat(129)));
            case 4 -> form.put("client_notification_token", "x" + noise.text());
            case 5 -> form.put("user_code", "x" + noise.text());
            case 6 -> form.put("request", "x" + noise.text());
            case 7 -> form.put("request_uri", "x" + noise.text());
            case 8 -> headers.putAll(authenticated("not-" + tpp.secret()));
            case 9 -> headers.put("Authorization", noise.line());
            case 10 -> form.put("requested_expiry", "x" + noise.text());
            case 11 -> form.put("acr_values", "no-such-level-" + noise.text().replace(' ', '-'));
            case 12 -> form.put(noise.oneOf("claims", "authorization_details"), "{" + noise.text());
            case 13 -> form.put("scope", "accounts.balances");
            case 14 -> form.put(noise.oneOf("id_token_hint", "login_hint_token"), "x" + noise.text());
            case 15 -> more = "&" + noise.oneOf("scope=openid", "login_hint=" + customer.username());
            default -> {
                form.remove("login_hint");
                form.put(noise.oneOf("id_token_hint", "login_hint_token"), noise.text());
            }
        }
        return post(noise, "ciba request", "/ext/ciba/auth", "/auth/device", headers, encoded(form) + more);
    }

    /** A token request with an {@code auth_req_id} that is none of the client's. */
    private FuzzInput poll(FuzzNoise noise) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", CIBA);
        String id =
                switch (noise.below(5)) {
                    case 0 -> noise.text();
                    case 1 -> authReqId.substring(0, noise.below(authReqId.length() - 10));
                    case 2 -> authReqId.substring(noise.below(authReqId.length() - 10) + 1);
                    case 3 -> authReqId.replace(".", "." + noise.oneOf("A", ".", "eyJ", noise.line()));
                    default -> "x".repeat(noise.below(20_000));
                };
        form.put("auth_req_id", id);
        Map<String, String> headers = authenticated(noise.oneIn(6) ? noise.text() : tpp.secret());
        return post(noise, "ciba poll", "/token", "/auth/device", headers, encoded(form));
    }

    private FuzzInput post(
            FuzzNoise noise, String kind, String path, String stockPath, Map<String, String> headers, String form) {
        String base = "/realms/" + tpp.realm().name() + "/protocol/openid-connect";
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        if (noise.oneIn(6)) {
            // a form that is none: whatever is lost of it, the defect that it began with is not put right
            headers.put(
                    "Content-Type", noise.oneOf("application/json", "text/plain", "multipart/form-data", noise.line()));
        }
        String wrapped = noise.oneIn(6) ? form + noise.oneOf("&%", "&%zz=%", "&=", "&" + noise.segment()) : null;
        return new FuzzInput(
                kind,
                "POST",
                base + path,
                base + stockPath,
                headers,
                wrapped == null ? body : wrapped.getBytes(StandardCharsets.UTF_8),
                true);
    }

    private Map<String, String> authenticated(String secret) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", Http.basic(tpp.clientId(), secret));
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return headers;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
