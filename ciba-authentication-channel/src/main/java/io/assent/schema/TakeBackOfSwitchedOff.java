package io.assent.schema;

import io.assent.request.jpa.TakingBack;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Takes back approvals of clients that were switched off, where the node that began with it did not finish. */
record TakeBackOfSwitchedOff() implements Housekeeping.Chore {

    @Override
    public String name() {
        return "Took back approvals of clients that are off";
    }

    @Override
    public int batch() {
        return TakingBack.BATCH;
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        return TakingBack.some(session.getKeycloakSessionFactory(), max);
    }
}
