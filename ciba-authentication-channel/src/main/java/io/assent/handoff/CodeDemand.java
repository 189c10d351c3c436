package io.assent.handoff;

import io.assent.handoff.Handoff.Approval;
import io.assent.link.Networks;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.RecordedDecision;
import io.assent.rules.CodeBack;
import io.assent.rules.ConsentRules;
import java.util.Collections;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether digits go from the app into the browser, by the rule of the client. */
record CodeDemand(KeycloakSession session) {

    boolean of(Approval approval) {
        return isDemanded(
                ConsentRules.of(session, approval.link().clientId()).codeBack(),
                approval.request().decision(),
                oneTime(approval),
                () -> isInOneNetwork(approval));
    }

    /** An answer without an address comes by no call: there is no address of the server's either. */
    private boolean isInOneNetwork(Approval approval) {
        String answered = approval.request().decision().evidence().address();
        return answered != null
                && Networks.of(session)
                        .isSame(approval.link().origin().address(), answered)
                        .orElse(false);
    }

    private Set<String> oneTime(Approval approval) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(approval.link().clientId());
        UserModel user =
                session.users().getUserById(realm, approval.request().parties().userId());
        return new PermissionCatalogue(session)
                .oneTime(client, user, approval.request().scope());
    }

    /**
     * @param oneTime the names of permissions that are good for one token
     * @param inOneNetwork whether browser and app are known to be; only asked where it matters
     */
    static boolean isDemanded(
            CodeBack rule, RecordedDecision decision, Set<String> oneTime, BooleanSupplier inOneNetwork) {
        return switch (rule) {
            case NEVER -> false;
            case ALWAYS -> true;
            case BY_RISK ->
                !decision.details().isEmpty()
                        || !Collections.disjoint(decision.granted(), oneTime)
                        || !inOneNetwork.getAsBoolean();
        };
    }
}
