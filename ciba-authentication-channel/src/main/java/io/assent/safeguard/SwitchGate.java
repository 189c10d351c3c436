package io.assent.safeguard;

import io.assent.offswitch.OffSwitch;
import io.assent.request.ConsentApp;
import io.assent.server.ServerTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AdminClientUnregisterContext;
import org.keycloak.services.clientpolicy.context.AdminClientUpdateContext;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;

/**
 * Refuses a client that is switched off: whatever Keycloak's own switch says, the client asks for nothing, gets no
 * token, and changes nothing about itself.
 */
final class SwitchGate {

    private static final Set<ClientPolicyEvent> CHANGES =
            EnumSet.of(ClientPolicyEvent.UPDATE, ClientPolicyEvent.UNREGISTER);

    private static final String OFF = "The client is switched off";

    private final ConsentApp app;

    SwitchGate(ConsentApp app) {
        this.app = app;
    }

    /** @param client that calls, or {@code null} */
    Optional<ClientPolicyException> refusal(ClientPolicyContext context, ClientModel client) {
        if (context instanceof ClientCRUDContext change) {
            ClientModel target = change.getTargetClient();
            return target == null || !app.isIn(target.getRealm()) ? Optional.empty() : refusal(change, target);
        }
        // who looks at a client, as the pack does for its rules, asks for nothing
        return context.getEvent() == ClientPolicyEvent.VIEW
                ? Optional.empty()
                : ofToken(client).map(TokenRefusal::toPolicyException);
    }

    /** Why the client gets no token. */
    Optional<TokenRefusal> ofToken(ClientModel client) {
        return client != null && OffSwitch.of(client).isMarked()
                ? Optional.of(new TokenRefusal("switched_off", OAuthErrorException.UNAUTHORIZED_CLIENT, OFF))
                : Optional.empty();
    }

    private static Optional<ClientPolicyException> refusal(ClientCRUDContext change, ClientModel target) {
        OffSwitch offSwitch = OffSwitch.of(target);
        if (change instanceof AdminClientUpdateContext update) {
            ClientRepresentation proposed = update.getProposedClientRepresentation();
            return offSwitch.admits(proposed.isEnabled(), proposed.getAttributes(), ServerTime.now())
                    ? Optional.empty()
                    : Optional.of(new ClientPolicyException(
                            OAuthErrorException.UNAUTHORIZED_CLIENT,
                            OFF + " by the bank's staff. Load it again to change it; they switch it on, on their page"
                                    + " or by POST .../consents/clients/{client}/on"));
        }
        return CHANGES.contains(change.getEvent())
                        && !(change instanceof AdminClientUnregisterContext)
                        && offSwitch.isOff()
                ? Optional.of(new ClientPolicyException(OAuthErrorException.UNAUTHORIZED_CLIENT, OFF))
                : Optional.empty();
    }
}
