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
        Expiry told = told(until);
        List<ConsentRequest> expired = store.expired(told, until, max);
        expired.forEach(request -> AssentEventListener.tell(session, new Expired(request)));
        Expiry next = expired.size() < max
                // everything up to then was seen, also what expires in that very millisecond
                ? Expiry.before(until.plusMillis(1))
                : Expiry.of(expired.get(expired.size() - 1));
        if (next.at().isAfter(told.at()) || !expired.isEmpty()) {
            come(told, next);
        }
        return expired.size();
    }

    /** Of which ones it would tell now. */
    List<ConsentRequest> next(Instant now, int max) {
        Instant until = now.minus(MARGIN);
        return store.expired(told(until), until, max);
    }

    /** Tells of one, and of none before it from now on. @return its place */
    Expiry tell(ConsentRequest request) {
        Expiry place = Expiry.of(request);
        Expiry told = told(place.at());
        AssentEventListener.tell(session, new Expired(request));
        come(told, place);
        return place;
    }

    private Expiry told(Instant first) {
        return Expiry.parse(
                settings.loadOrCreate(TOLD, () -> Expiry.before(first).toString()));
    }

    private void come(Expiry before, Expiry now) {
        settings.replace(TOLD, before.toString()::equals, now::toString);
    }
}
