package io.assent.device;

import io.assent.server.AfterCommit;
import io.assent.server.Base64Url;
import io.assent.server.Customer;
import io.assent.server.ServerTime;
import io.assent.server.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * What an app has a new key sign, so that the key is seen to be at hand now: one of them is good for one device of one
 * customer, once, and for a short time. Kept by the hash where Keycloak keeps what is used once: on all nodes, until
 * they all stop.
 */
public final class KeyChallenges implements Challenges {

    /** For how long one stands. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final String KEY_PREFIX = "assent-key-challenge.";
    private static final String REALM = "realm";
    private static final String USER = "user";
    private static final String DEVICE = "device";

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final KeycloakSession session;

    private KeyChallenges(KeycloakSession session) {
        this.session = session;
    }

    public static KeyChallenges of(KeycloakSession session) {
        return new KeyChallenges(session);
    }

    /** A new one. Others that were made before stand as long as they would. */
    public Issued issue(Customer customer, String deviceId) {
        String challenge = Base64Url.random(BYTES);
        Instant expiresAt = ServerTime.now().plus(LIFE);
        session.singleUseObjects().put(key(challenge), LIFE.toSeconds(), notes(customer, deviceId));
        return new Issued(challenge, expiresAt);
    }

    @Override
    public boolean stands(Customer customer, String deviceId, String challenge) {
        return FORM.matcher(challenge).matches()
                && notes(customer, deviceId).equals(session.singleUseObjects().get(key(challenge)));
    }

    /** After the commit: a transaction that loses against another is tried again. */
    @Override
    public void spend(String challenge) {
        new AfterCommit(session)
                .run(List.of(key(challenge)), key -> session.singleUseObjects().remove(key));
    }

    private static Map<String, String> notes(Customer customer, String deviceId) {
        return Map.of(REALM, customer.realmId(), USER, customer.userId(), DEVICE, deviceId);
    }

    private static String key(String challenge) {
        return KEY_PREFIX + Sha256.of(challenge);
    }

    /** @param expiresAt the first moment at which it stands no longer */
    public record Issued(String challenge, Instant expiresAt) {}
}
