package io.assent.schema;

import io.assent.following.Following;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Brings consents in line with changed permissions, where their clients do not come for tokens. */
record FollowChanges() implements Housekeeping.Chore {

    @Override
    public String name() {
        return "Consents looked at after permissions changed";
    }

    @Override
    public int batch() {
        return Following.STEP;
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        return Following.of(session).some(now) ? max : 0;
    }
}
