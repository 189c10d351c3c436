package io.assent.partner.revocation;

import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Leaves it to the outbox to have partners revoke tokens. */
public final class Revocations {

    /** What the outbox calls these deliveries. */
    public static final String KIND = "partner-revocation";

    /** After that a partner that can't be reached keeps a token that nobody has any more. */
    static final Duration TRIED_FOR = Duration.ofDays(7);

    private static final String ADDED = Revocations.class.getName() + '.';

    /**
     * Stored with what it follows from: one can't be committed without the other. Where nobody knows who gave the
     * token, nobody is told.
     */
    public static void add(KeycloakSession session, Origin origin, Revocable token) {
        if (origin.providerId().isEmpty()) {
            return;
        }
        Instant until = ServerTime.now().plus(TRIED_FOR);
        RevocationEntity revocation = new RevocationEntity(origin, token, until);
        RevocationStore.of(session).add(revocation);
        session.getProvider(Outbox.class).enqueue(new Delivery(KIND, origin.parties(), null, revocation.id(), until));
        session.setAttribute(ADDED + token.token(), true);
    }

    /** Whether this session has added a token. */
    public static boolean isAdded(KeycloakSession session, Revocable token) {
        return session.getAttribute(ADDED + token.token()) != null;
    }

    private Revocations() {}
}
