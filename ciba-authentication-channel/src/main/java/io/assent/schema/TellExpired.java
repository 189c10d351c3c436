package io.assent.schema;

import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Tells which requests nobody answered in time. */
record TellExpired() implements Housekeeping.Chore {

    @Override
    public String name() {
        return "Told of expired requests";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        return new ExpiryNotices(session).tellSome(now, max);
    }
}
