package io.assent.schema;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.server.OperatorLog;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Does to consents what their time asks for, to each in a transaction of its own: none holds up the others.
 *
 * @param name for the log
 * @param find finds those whose time has come
 * @param act does it to one of them
 */
record ConsentTimes(
        String name,
        BiFunction<Consents, Integer, List<Consent>> find,
        BiConsumer<Consents, Consent> act,
        OperatorLog operator)
        implements Housekeeping.Chore {

    /** The end comes first: what is over is not asked for, and not suspended. */
    static List<ConsentTimes> all() {
        OperatorLog operator = new OperatorLog(Logger.getLogger(ConsentTimes.class));
        return List.of(
                new ConsentTimes("Ended consents", Consents::over, Consents::expire, operator),
                new ConsentTimes("Suspended consents", Consents::unconfirmed, Consents::suspend, operator),
                new ConsentTimes("Reminded of consents", Consents::toRemind, Consents::remind, operator));
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        List<Consent> due = find.apply(Consents.of(session), max);
        due.forEach(consent -> act(session.getKeycloakSessionFactory(), consent));
        return due.size();
    }

    private void act(KeycloakSessionFactory sessions, Consent consent) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, own -> {
                // users are looked up in a realm
                own.getContext()
                        .setRealm(own.realms().getRealm(consent.parties().realmId()));
                act.accept(Consents.of(own), consent);
            });
        } catch (RuntimeException notNow) {
            operator.warn(
                    name,
                    "The task '%s' failed for consent %s: %s. It is retried. A consent that is over or not confirmed gets no tokens meanwhile."
                            .formatted(name, consent.id(), notNow.getClass().getSimpleName()));
        }
    }
}
