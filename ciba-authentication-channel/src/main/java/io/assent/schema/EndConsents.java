package io.assent.schema;

import io.assent.consent.Consents;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Ends the consents whose time has come. */
record EndConsents() implements Housekeeping.Chore {

    @Override
    public String name() {
        return "Ended consents";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        return Consents.of(session).expire(max);
    }
}
