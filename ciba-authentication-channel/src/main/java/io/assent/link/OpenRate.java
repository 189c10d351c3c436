package io.assent.link;

import io.assent.server.MinuteCount;
import io.assent.server.OperatorLog;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * How many links are opened on this node in a minute for customers whom nobody knows yet: anybody can load such a page,
 * and each makes a row. Counted for each client, so that one that is flooded takes no page from the others, and for
 * each realm.
 */
public final class OpenRate {

    /** As many as let some 10,000 pages of a client wait at a time, which is what a node holds. */
    public static final int DEFAULT_PER_MINUTE = 2_000;

    /** How many times as much a realm may have as one of its clients. */
    static final int REALM_FACTOR = 5;

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(OpenRate.class));

    private final int perClient;
    private final MinuteCount clients = new MinuteCount();
    private final MinuteCount realms = new MinuteCount();

    /** @param perClient of one client in a minute, 1 or more */
    public OpenRate(int perClient) {
        this.perClient = perClient;
    }

    /**
     * Counts one more. One that is refused to a client does not count for its realm.
     *
     * @return whether it may be opened
     */
    boolean take(String realmId, String clientId, Instant now) {
        boolean taken = clients.next(realmId + ' ' + clientId, now) <= perClient
                && realms.next(realmId, now) <= (long) perClient * REALM_FACTOR;
        if (!taken) {
            LOG.warn(
                    realmId + ' ' + clientId,
                    "More login pages for the app are opened for the client with the id '" + clientId
                            + "' (realm '" + realmId
                            + "') than one node allows in a minute. Look in the access log for who loads them; if that is in order, raise"
                            + " --spi-consent-link--jpa--opened-per-minute.");
        }
        return taken;
    }
}
