package io.assent.probe;

import io.assent.outbox.DeliveryAttempted;
import io.assent.outbox.DeliveryDelayed;
import io.assent.outbox.DeliveryDelivered;
import io.assent.outbox.DeliveryGivenUp;
import io.assent.outbox.OutboxEvent;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Writes each event as a row of {@code probe.event}: where an event has a session, with that one. Then fails, if a row
 * of {@code probe.fault} says so.
 */
final class OutboxRecorder {

    private static final String TOO_LONG = "x".repeat(300);

    private final KeycloakSessionFactory sessions;

    OutboxRecorder(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    void record(OutboxEvent event) {
        if (event instanceof DeliveryDelivered delivered) {
            write(delivered.session(), event, "");
        } else if (event instanceof DeliveryGivenUp givenUp) {
            write(givenUp.session(), event, givenUp.reason() + " " + givenUp.detail());
        } else if (event instanceof DeliveryAttempted attempted) {
            writeAlone(event, attempted.peer() + " " + attempted.result());
        } else if (event instanceof DeliveryDelayed delayed) {
            writeAlone(event, delayed.reason());
        }
    }

    private void writeAlone(OutboxEvent event, String detail) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> write(session, event, detail));
    }

    private static void write(KeycloakSession session, OutboxEvent event, String detail) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        em.createNativeQuery("insert into probe.event (name, owner_id, kind, target, attempts, detail) values"
                        + " (?1, ?2, ?3, ?4, ?5, ?6)")
                .setParameter(1, event.getClass().getSimpleName())
                .setParameter(2, String.valueOf(event.delivery().ownerId()))
                .setParameter(3, event.delivery().kind())
                .setParameter(4, event.delivery().target())
                .setParameter(5, event.attempts())
                .setParameter(6, detail)
                .executeUpdate();
        fail(session, em, event);
    }

    private static void fail(KeycloakSession session, EntityManager em, OutboxEvent event) {
        List<?> faults = em.createNativeQuery(
                        "select how from probe.fault where target = ?1 and name = ?2", String.class)
                .setParameter(1, event.delivery().target())
                .setParameter(2, event.getClass().getSimpleName())
                .getResultList();
        if (faults.contains("at once")) {
            throw new UnsupportedOperationException("as the test wants it");
        }
        if (faults.contains("when it is written")) {
            // which is not yet
            session.realms()
                    .getRealm(event.delivery().parties().realmId())
                    .setAttribute(TOO_LONG, "a name that no column holds");
        }
    }
}
