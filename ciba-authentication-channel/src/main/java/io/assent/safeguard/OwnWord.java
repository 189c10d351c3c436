package io.assent.safeguard;

import io.assent.detail.DetailTypes;
import io.assent.offswitch.OffSwitch;
import io.assent.permission.RequestingClient;
import java.util.List;
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

    /** The client's attributes that only the bank's staff set. */
    private static final List<String> OF_THE_STAFF =
            List.of(RequestingClient.LEGAL_ENTITY, DetailTypes.ATTRIBUTE, OffSwitch.MARK, OffSwitch.ON_SINCE);

    /** Which attribute a client wants to set that it can't. */
    static Optional<String> given(ClientCRUDContext change) {
        return OF_THE_STAFF.stream()
                .filter(attribute -> isGiven(attribute, change))
                .findFirst();
    }

    private static boolean isGiven(String attribute, ClientCRUDContext change) {
        if (change instanceof DynamicClientRegisterContext registration) {
            return wanted(attribute, registration).isPresent();
        }
        return change instanceof DynamicClientUpdateContext update
                && wanted(attribute, update)
                        .filter(wanted -> !Objects.equals(wanted, current(attribute, update)))
                        .isPresent();
    }

    private static Optional<String> wanted(String attribute, ClientCRUDContext change) {
        return Optional.ofNullable(change.getProposedClientRepresentation())
                .map(ClientRepresentation::getAttributes)
                .filter(attributes -> attributes.containsKey(attribute))
                // one that is there without a value would remove what the staff set
                .map(attributes -> Objects.requireNonNullElse(attributes.get(attribute), ""));
    }

    private static String current(String attribute, ClientCRUDContext change) {
        ClientModel client = change.getTargetClient();
        return client == null ? null : client.getAttribute(attribute);
    }

    private OwnWord() {}
}
