package io.assent.schema;

import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Tells which requests nobody answered in time. */
record TellExpired() implements Housekeeping.Chore {

    /** Each is told of: to Keycloak's events, to destinations, to pages that wait. */
    private static final int BATCH = 50;

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
        return new ExpiryNotices(session).tellSome(now, max);
    }
}
