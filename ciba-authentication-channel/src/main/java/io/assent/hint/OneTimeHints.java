package io.assent.hint;

import io.assent.server.Customer;
import io.assent.server.ServerTime;
import io.assent.server.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;

/**
 * The {@code login_hint_token}s of the realm itself (CIBA Core 1.0, section 7.1): the app shows one, as a text or a QR
 * code, and whoever was shown it can ask this customer once. It says nothing of who that is. It is kept where Keycloak
 * keeps what is used once: on all nodes, until they all stop.
 */
public final class OneTimeHints {

    /** How long one can be used. */
    public static final Duration LIFE = Duration.ofMinutes(2);

    private static final String KEY_PREFIX = "assent-login-hint-token.";
    private static final String REALM = "realm";
    private static final String USER = "user";

    /** Without the characters that are taken for others: 26 of these 32 are 130 bits. */
    private static final char[] ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".toCharArray();

    private static final int LENGTH = 26;
    private static final Pattern FORM = Pattern.compile("[2-9A-HJ-NP-Z]{" + LENGTH + "}");

    private final KeycloakSession session;

    private OneTimeHints(KeycloakSession session) {
        this.session = session;
    }

    public static OneTimeHints of(KeycloakSession session) {
        return new OneTimeHints(session);
    }

    /** A new one for a customer. Others that were made before stay good. */
    public Issued issue(Customer customer) {
        String token = SecretGenerator.getInstance().randomString(LENGTH, ALPHABET);
        Instant expiresAt = ServerTime.now().plus(LIFE);
        session.singleUseObjects()
                .put(key(token), LIFE.toSeconds(), Map.of(REALM, customer.realmId(), USER, customer.userId()));
        return new Issued(token, expiresAt);
    }

    /** Whether a text looks like one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whom a token names, which it does once. Empty where it was used, is too old, or is of another realm. */
    public Optional<String> redeem(String realmId, String token) {
        return isOne(token)
                ? Optional.ofNullable(session.singleUseObjects().remove(key(token)))
                        .filter(notes -> realmId.equals(notes.get(REALM)))
                        .map(notes -> notes.get(USER))
                : Optional.empty();
    }

    private static String key(String token) {
        return KEY_PREFIX + Sha256.of(token);
    }

    /** @param expiresAt the first moment at which it names nobody any more */
    public record Issued(String token, Instant expiresAt) {

        /** Whoever has it can ask. */
        @Override
        public String toString() {
            return "Issued[expiresAt=" + expiresAt + "]";
        }
    }
}
