package io.assent.rest.admin;

import io.assent.doctor.Doctor;
import io.assent.doctor.ProxiedCall;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.admin.call.StaffEvents;
import io.assent.rest.admin.call.StaffRights;
import io.assent.setup.Setup;
import io.assent.setup.SetupPlan;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** How the realm is set up: looked through, and done. */
record RealmSetup(KeycloakSession session, RealmModel realm, StaffRights rights, AdminEventBuilder adminEvent) {

    /** After that a node that died is not waited for. */
    private static final int LONGEST_SECONDS = 60;

    Response examine() {
        rights.requireViewOfSetup();
        return Responses.ok(DiagnosisView.of(Doctor.of(session, realm).examine(ProxiedCall.of(session))));
    }

    Response plan() {
        rights.requireViewOfSetup();
        return Responses.ok(Setup.of(session, realm).plan());
    }

    /** In a transaction of its own, which is over before anybody else's begins: two at once would both add things. */
    Response make() {
        rights.requireManageOfSetup();
        ExecutionResult<SetupPlan> result = session.getProvider(ClusterProvider.class)
                .executeIfNotExecuted(
                        "assent-setup-" + realm.getId(),
                        LONGEST_SECONDS,
                        () -> KeycloakModelUtils.runJobInTransactionWithResult(
                                session.getKeycloakSessionFactory(), this::make));
        if (!result.isExecuted()) {
            throw Problem.serverBusy("Nothing was done. Somebody else sets the realm up at this moment.")
                    .toException(Duration.ofSeconds(1));
        }
        return Responses.ok(result.getResult());
    }

    private SetupPlan make(KeycloakSession own) {
        RealmModel same = own.realms().getRealm(realm.getId());
        own.getContext().setRealm(same);
        SetupPlan made = Setup.of(own, same).make();
        if (!made.changes().isEmpty()) {
            // anew in this session, where admin events may just have been switched on
            new StaffEvents(adminEvent.clone(own)).tell(Map.of(), "setup");
        }
        return made;
    }
}
