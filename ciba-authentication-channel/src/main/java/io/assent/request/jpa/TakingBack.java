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
 * Takes back what was granted to clients that are switched off and that they have not fetched: in batches that are a
 * short transaction each, since each approval is told of, and locks its row until all of them are. What is left over is
 * redeemed by nobody, and comes with housekeeping.
 */
public final class TakingBack {

    /** In one transaction. */
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
            inBatches(
                    max -> KeycloakModelUtils.runJobInTransactionWithResult(sessions, own -> some(own, max)), LONGEST);
        } catch (RuntimeException notNow) {
            OPERATOR.warn(
                    "taking back",
                    ("Approvals of clients that are switched off could not be withdrawn: %s. It is"
                                    + " retried. Tokens for them are refused meanwhile.")
                            .formatted(notNow.getClass().getSimpleName()));
        }
    }

    /** @param batch takes a batch back of at most so many, and says how many there were */
    static void inBatches(IntUnaryOperator batch, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (batch.applyAsInt(BATCH) == BATCH && System.nanoTime() - end < 0) {
            // the next ones
        }
    }

    /**
     * Takes the next ones back, in the session's transaction, and ends what is still open of such clients.
     *
     * @return how many; fewer than {@code max} when these were the last
     */
    public static int some(KeycloakSession session, int max) {
        ConsentRequests requests = ConsentRequests.of(session);
        requests.endOfSwitchedOff();
        List<ConsentRequest> left = requests.ofSwitchedOff(max);
        left.forEach(approved -> {
            // who hears of it looks things up in a realm
            session.getContext()
                    .setRealm(session.realms().getRealm(approved.parties().realmId()));
            requests.withdraw(approved);
        });
        return left.size();
    }

    private TakingBack() {}
}
