package io.assent.schema;

import io.assent.request.ConsentApp;
import io.assent.upgrade.StoredConsentImport;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** Makes consents of what was granted before there were any, once. */
record ImportConsents(ConsentApp app) implements Housekeeping.Chore {

    @Override
    public String name() {
        return "Imported consents";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        return new StoredConsentImport(session, app).importSome() ? max : 0;
    }
}
