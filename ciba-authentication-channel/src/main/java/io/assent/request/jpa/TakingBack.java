package io.assent.request.jpa;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequests;
import io.assent.server.AfterCommit;
import io.assent.server.OperatorLog;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Takes back what was granted to clients that are switched off and that they have not fetched: each approval in a
 * transaction of its own, since each is told of, and one that fails holds up nobody. What is left over is redeemed by
 * nobody, and comes with housekeeping.
 */
public final class TakingBack {

    /** That are looked for together. */
    public static final int BATCH = 50;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(TakingBack.class));

    /** Begins with it once the session's transaction is committed. */
    static void afterCommit(KeycloakSession session) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        new AfterCommit(session).run(List.of(sessions), TakingBack::begin);
    }

    /** The client is off all the same where it fails. */
    private static void begin(KeycloakSessionFactory sessions) {
        try {
            inBatches(max -> some(sessions, max), LONGEST);
        } catch (RuntimeException notNow) {
            warn(notNow);
        }
    }

    private static void warn(RuntimeException failed) {
        OPERATOR.warn(
                "taking back",
                ("Approvals of clients that are switched off could not be withdrawn: %s. It is"
                                + " retried. Tokens for them are refused meanwhile.")
                        .formatted(failed.getClass().getSimpleName()));
    }

    /** @param batch takes a batch back of at most so many, and says how many there were */
    static void inBatches(IntUnaryOperator batch, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (batch.applyAsInt(BATCH) == BATCH && System.nanoTime() - end < 0) {
            // the next ones
        }
    }

    /**
     * Takes the next ones back, and ends what is still open of such clients, in transactions of its own.
     *
     * @return how many; fewer than {@code max} when these were the last, or some failed
     */
    public static int some(KeycloakSessionFactory sessions, int max) {
        // committed first: it holds rows of customers whose approvals are taken back
        KeycloakModelUtils.runJobInTransaction(
                sessions, own -> ConsentRequests.of(own).endOfSwitchedOff());
        List<ConsentRequest> left = KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, own -> ConsentRequests.of(own).ofSwitchedOff(max));
        return (int) left.stream()
                .filter(approved -> isTakenBack(sessions, approved))
                .count();
    }

    private static boolean isTakenBack(KeycloakSessionFactory sessions, ConsentRequest approved) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> {
                // who hears of it looks things up in a realm
                own.getContext()
                        .setRealm(own.realms().getRealm(approved.parties().realmId()));
                ConsentRequests.of(own).withdraw(approved);
            });
            return true;
        } catch (RuntimeException notNow) {
            warn(notNow);
            return false;
        }
    }

    private TakingBack() {}
}
