package io.assent.schema;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.server.OperatorLog;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Ends the consents whose time has come, and their tokens, each in a transaction of its own: none holds up the others.
 */
final class EndConsents implements Housekeeping.Chore {

    private final OperatorLog operator = new OperatorLog(Logger.getLogger(EndConsents.class));

    @Override
    public String name() {
        return "Ended consents";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        List<Consent> over = Consents.of(session).over(max);
        over.forEach(consent -> end(session.getKeycloakSessionFactory(), consent));
        return over.size();
    }

    private void end(KeycloakSessionFactory sessions, Consent consent) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> {
                // users are looked up in a realm
                own.getContext()
                        .setRealm(own.realms().getRealm(consent.parties().realmId()));
                Consents.of(own).expire(consent);
            });
        } catch (RuntimeException notNow) {
            operator.warn(
                    "expiry",
                    "Consent %s is over and could not be ended, which is tried again (%s). Its tokens are refused at refresh."
                            .formatted(consent.id(), notNow.getClass().getSimpleName()));
        }
    }
}
