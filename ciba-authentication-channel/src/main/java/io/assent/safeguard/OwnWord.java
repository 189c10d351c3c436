package io.assent.safeguard;

import io.assent.permission.RequestingClient;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUpdateContext;

/**
 * What a client says of itself where only the bank's word counts: Keycloak's own client registration takes any
 * attribute from whoever holds a registration token.
 */
final class OwnWord {

    static boolean isGiven(ClientCRUDContext change) {
        if (change instanceof DynamicClientRegisterContext registration) {
            return wanted(registration).isPresent();
        }
        return change instanceof DynamicClientUpdateContext update
                && wanted(update)
                        .filter(wanted -> !Objects.equals(wanted, current(update)))
                        .isPresent();
    }

    private static Optional<String> wanted(ClientCRUDContext change) {
        return Optional.ofNullable(change.getProposedClientRepresentation())
                .map(ClientRepresentation::getAttributes)
                .filter(attributes -> attributes.containsKey(RequestingClient.LEGAL_ENTITY))
                .map(OwnWord::value);
    }

    /** One that is there without a value would remove what the staff set. */
    private static String value(Map<String, String> attributes) {
        return Objects.requireNonNullElse(attributes.get(RequestingClient.LEGAL_ENTITY), "");
    }

    private static String current(ClientCRUDContext change) {
        ClientModel client = change.getTargetClient();
        return client == null ? null : client.getAttribute(RequestingClient.LEGAL_ENTITY);
    }

    private OwnWord() {}
}
