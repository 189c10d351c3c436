package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A third party that speaks CIBA in poll or ping mode (OpenID Connect CIBA Core 1.0). */
final class Tpp {

    private static final String TOKEN = "/protocol/openid-connect/token";
    private static final String BACKCHANNEL = "/protocol/openid-connect/ext/ciba/auth";

    /** What a server that names no interval means (section 7.3). */
    private static final int DEFAULT_INTERVAL = 5;

    /** What {@code slow_down} adds for the rest of the request (section 11). */
    private static final int SLOW_DOWN = 5;

    private final Wire wire;
    private final String clientId;
    private final String clientSecret;

    private String authReqId;
    private int interval;
    private Instant expiresAt;

    Tpp(Wire wire, String clientId, String clientSecret) {
        this.wire = wire;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    void ask(String loginHint, Set<String> permissions, String bindingMessage) throws InterruptedException {
        ask(loginHint, permissions, bindingMessage, Map.of());
    }

    /** @param more parameters of the request */
    void ask(String loginHint, Set<String> permissions, String bindingMessage, Map<String, String> more)
            throws InterruptedException {
        Map<String, String> form = credentials();
        form.put("scope", "openid " + permissions.stream().sorted().collect(Collectors.joining(" ")));
        form.put("login_hint", loginHint);
        form.put("binding_message", bindingMessage);
        form.putAll(more);
        Answer answer = wire.form(BACKCHANNEL, form, shown("/auth_req_id", "/expires_in", "/interval"))
                .expect(200);
        authReqId = answer.text("auth_req_id");
        interval = answer.body().path("interval").asInt(DEFAULT_INTERVAL);
        expiresAt = Instant.now().plusSeconds(Long.parseLong(answer.text("expires_in")));
    }

    /**
     * Polls in the interval that the server asked for, until the request is answered or expired.
     *
     * @return the token response, or empty when the customer said no
     */
    Optional<Map<String, String>> poll() throws InterruptedException {
        while (Instant.now().isBefore(expiresAt)) {
            Thread.sleep(Duration.ofSeconds(interval).toMillis());
            Answer answer = pollOnce();
            switch (answer.error()) {
                case "" -> {
                    return Optional.of(answer.expect(200).texts());
                }
                case "access_denied" -> {
                    return Optional.empty();
                }
                case "slow_down" -> interval += SLOW_DOWN;
                case "authorization_pending" -> {}
                default -> answer.expect(200);
            }
        }
        throw new JourneyException("the request expired before it was answered");
    }

    /** What the client's notification endpoint hears, for a client that is registered for pings. */
    PushStream listen(String clientNotificationToken) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("clientNotificationToken", clientNotificationToken);
        return new PushStream(wire.stream("/sandbox/notifications/stream", body), wire.transcript());
    }

    /** Fetches the tokens, once a ping has said that there are some. */
    Map<String, String> fetch() throws InterruptedException {
        return pollOnce().expect(200).texts();
    }

    Map<String, String> refresh(String refreshToken) throws InterruptedException {
        if (refreshToken == null) {
            throw new JourneyException("the TPP got no refresh token");
        }
        Map<String, String> form = credentials();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return wire.form(TOKEN, form, shown("/access_token", "/scope"))
                .expect(200)
                .texts();
    }

    private Answer pollOnce() throws InterruptedException {
        Map<String, String> form = credentials();
        form.put("grant_type", "urn:openid:params:grant-type:ciba");
        form.put("auth_req_id", authReqId);
        return wire.form(TOKEN, form, shown("/error", "/access_token", "/scope"));
    }

    private Map<String, String> credentials() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret);
        return form;
    }

    private static Set<String> shown(String... pointers) {
        return new LinkedHashSet<>(List.of(pointers));
    }
}
