package io.assent.request.jpa;

import io.assent.offswitch.OffSwitch;
import io.assent.request.ConsentRequests;
import io.assent.server.AfterCommit;
import java.time.Duration;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Ends the questions of a client that was switched off a second time, some seconds later: a question that was on its
 * way at that moment, on any node, was committed after the others were ended.
 */
record SecondLook(String realmId, String clientId) implements ScheduledTask {

    /** Longer than it takes to ask, and for another node to hear that the client is off. */
    private static final Duration LATER = Duration.ofSeconds(5);

    /** After the session's transaction is committed. */
    static void schedule(KeycloakSession session, String realmId, String clientId) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        new AfterCommit(session)
                .run(
                        List.of(new SecondLook(realmId, clientId)),
                        look -> KeycloakModelUtils.runJobInTransaction(
                                factory,
                                own -> own.getProvider(TimerProvider.class).scheduleTask(look, LATER.toMillis())));
    }

    @Override
    public void run(KeycloakSession session) {
        session.getProvider(TimerProvider.class).cancelTask(getTaskName());
        RealmModel realm = session.realms().getRealm(realmId);
        ClientModel client = realm == null ? null : realm.getClientById(clientId);
        if (client != null && OffSwitch.of(client).isOff()) {
            session.getContext().setRealm(realm);
            // an update that had read the client before may have been written since
            OffSwitch.of(client).follow();
            ConsentRequests.of(session).clientSwitchedOff(realmId, clientId);
            TakingBack.afterCommit(session);
        }
    }

    @Override
    public String getTaskName() {
        return "assent-switched-off-" + clientId;
    }
}
