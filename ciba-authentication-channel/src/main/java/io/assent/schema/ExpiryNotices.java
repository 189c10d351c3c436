package io.assent.schema;

import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestEvent.Expired;
import io.assent.request.ConsentRequestStore;
import io.assent.request.Expiry;
import io.assent.server.AssentEventListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/**
 * Tells the listeners which requests nobody answered in time. How far it came is kept with the server's own settings
 * and changes in the transaction in which they are told: what listeners write of a request is written once. Of two
 * nodes at the same time one fails, and is tried again with the next run.
 */
final class ExpiryNotices {

    private static final String TOLD = "assent.consent-request.expired";

    /** How long a transaction may take that answers a request in its last moment. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final KeycloakSession session;
    private final ConsentRequestStore store;
    private final ServerConfigStorageProvider settings;

    ExpiryNotices(KeycloakSession session) {
        this.session = session;
        store = session.getProvider(ConsentRequestStore.class);
        settings = session.getProvider(ServerConfigStorageProvider.class);
    }

    /**
     * Tells of the next ones. The first run ever only notes where to begin.
     *
     * @return how many; fewer than {@code max} when these were the last
     */
    int tellSome(Instant now, int max) {
        Instant until = now.minus(MARGIN);
        Expiry told = Expiry.parse(
                settings.loadOrCreate(TOLD, () -> Expiry.before(until).toString()));
        List<ConsentRequest> expired = store.expired(told, until, max);
        expired.forEach(request -> AssentEventListener.tell(session, new Expired(request)));
        Expiry next = expired.size() < max
                // everything up to then was seen, also what expires in that very millisecond
                ? Expiry.before(until.plusMillis(1))
                : Expiry.of(expired.get(expired.size() - 1));
        if (next.at().isAfter(told.at()) || !expired.isEmpty()) {
            settings.replace(TOLD, told.toString()::equals, next::toString);
        }
        return expired.size();
    }
}
