package io.assent.schema;

import io.assent.partner.PartnerAccess;
import io.assent.partner.Partners;
import io.assent.server.OperatorLog;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells what the bank sees at partners no more since a client or an identity provider is gone: links go then. Of each
 * in a transaction of its own: one that fails goes to the end of the queue, and holds up nobody.
 */
record TellEndedPartners() implements Housekeeping.Chore {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(TellEndedPartners.class));

    /** Each is told of: to Keycloak's events, and to the partner by the outbox. */
    private static final int BATCH = 50;

    @Override
    public String name() {
        return "Told of ended access to partners";
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        List<PartnerAccess> untold = KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, own -> Partners.of(own).untold(max));
        return (int) untold.stream().filter(access -> tell(sessions, access)).count();
    }

    private static boolean tell(KeycloakSessionFactory sessions, PartnerAccess access) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(sessions, own -> {
                // who hears of it looks things up in a realm
                own.getContext().setRealm(own.realms().getRealm(access.parties().realmId()));
                return Partners.of(own).tellUnlessHeld(access);
            });
        } catch (RuntimeException notNow) {
            OPERATOR.warn(
                    "partners",
                    ("Nobody could be told that access %s to a partner ended (%s): its link and its token stay until"
                                    + " that is retried")
                            .formatted(access.id(), notNow.getClass().getSimpleName()));
            KeycloakModelUtils.runJobInTransaction(
                    sessions, own -> Partners.of(own).putOff(access));
            return false;
        }
    }
}
