package io.assent.schema;

import io.assent.request.ConsentRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells which requests nobody answered in time: of many in one transaction, and where that fails of {@link OneByOne
 * each by itself}.
 */
final class TellExpired implements Housekeeping.Chore {

    /** Each is told of: to Keycloak's events, to destinations, to pages that wait. */
    private static final int BATCH = 50;

    private static final Logger LOG = Logger.getLogger(TellExpired.class);

    private final OneByOne oneByOne = new OneByOne();

    @Override
    public String name() {
        return "Told of expired requests";
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        try {
            return by(sessions, notices -> notices.tellSome(now, max));
        } catch (RuntimeException oneOfThem) {
            LOG.debug("Told of none of several expired requests", oneOfThem);
            return each(sessions, by(sessions, notices -> notices.next(now, max)));
        }
    }

    private int each(KeycloakSessionFactory sessions, List<ConsentRequest> expired) {
        Map<String, ConsentRequest> byId = new LinkedHashMap<>();
        expired.forEach(request -> byId.put(request.id(), request));
        return oneByOne.tell(
                List.copyOf(byId.keySet()),
                id -> by(sessions, notices -> notices.tell(byId.get(id))),
                id -> LOG.errorf(
                        "Nobody is told that request %s expired: %d times who hears of it failed, and of a later one"
                                + " did not. Look for an earlier error of the task assent-housekeeping",
                        id, OneByOne.ATTEMPTS));
    }

    private static <T> T by(KeycloakSessionFactory sessions, Function<ExpiryNotices, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, own -> work.apply(new ExpiryNotices(own)));
    }
}
