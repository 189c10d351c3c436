package io.assent.safeguard;

import io.assent.request.ConsentApp;
import io.assent.server.OperatorLog;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManagerFactory;

/** Takes the place of the stock {@code default}, see {@link GuardedPolicyManager}. */
public final class GuardedPolicyManagerFactory extends DefaultClientPolicyManagerFactory {

    private static final Logger LOG = Logger.getLogger(GuardedPolicyManagerFactory.class);

    private final ConsentApp app = new ConsentApp();
    private final OwnRoles ownRoles = new OwnRoles();
    private final OperatorLog operator = new OperatorLog(LOG);

    @Override
    public ClientPolicyManager create(KeycloakSession session) {
        return new GuardedPolicyManager(
                session,
                new Safeguard(session, app, ownRoles),
                new DetailGate(session, app),
                new ClaimsGate(session, app),
                new GrantGate(session, app),
                new SwitchGate(app),
                operator);
    }

    @Override
    public String getId() {
        return "assent";
    }

    /** Above the stock manager's 0, so that no option is needed. */
    @Override
    public int order() {
        return 1;
    }
}
