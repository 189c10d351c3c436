package io.assent.safeguard;

import io.assent.detail.DetailTypes;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUpdateContext;

/**
 * What a client says of itself where only the bank's word counts: Keycloak's own client registration takes any
 * attribute from whoever holds a registration token. An attribute of the pack's is the bank's, unless it is named here
 * as the client's own.
 */
final class OwnWord {

    /** How the names of the pack's attributes of a client begin. */
    private static final Set<String> OF_THE_PACK = Set.of("assent.", "consent.");

    /** One of the pack's that begins like no other. */
    private static final String DETAIL_TYPES = DetailTypes.ATTRIBUTE;

    /**
     * What a client may say of itself: where it wants to be told that a consent ended; and Keycloak's own text, which
     * only begins like the pack's.
     */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("consent.security-event-url", ClientScopeModel.CONSENT_SCREEN_TEXT);

    /** What is said of a name that may be any text. */
    private static final int MAX_NAME = 100;

    /** Which attribute a client wants to set that it can't. */
    static Optional<String> given(ClientCRUDContext change) {
        if (change instanceof DynamicClientRegisterContext) {
            return given(wanted(change), attribute -> null);
        }
        return change instanceof DynamicClientUpdateContext
                ? given(wanted(change), attribute -> current(attribute, change))
                : Optional.empty();
    }

    /**
     * The same, of the attributes that it wants.
     *
     * @param current what an attribute is now, or {@code null}: what a client reads of itself it may send back
     */
    static Optional<String> given(Map<String, String> wanted, UnaryOperator<String> current) {
        return wanted.keySet().stream()
                .filter(OwnWord::isOfTheBank)
                // one that is there without a value would remove what the staff set
                .filter(attribute ->
                        !Objects.requireNonNullElse(wanted.get(attribute), "").equals(current.apply(attribute)))
                .sorted()
                .findFirst()
                .map(attribute -> attribute.substring(0, Math.min(attribute.length(), MAX_NAME)));
    }

    /** Also where it is written with capitals: not every database tells these apart. */
    private static boolean isOfTheBank(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        return !OF_THE_CLIENT.contains(attribute)
                && (name.equals(DETAIL_TYPES) || OF_THE_PACK.stream().anyMatch(name::startsWith));
    }

    private static Map<String, String> wanted(ClientCRUDContext change) {
        return Optional.ofNullable(change.getProposedClientRepresentation())
                .map(ClientRepresentation::getAttributes)
                .orElse(Map.of());
    }

    private static String current(String attribute, ClientCRUDContext change) {
        ClientModel client = change.getTargetClient();
        return client == null ? null : client.getAttribute(attribute);
    }

    private OwnWord() {}
}
