package io.assent.permission;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/**
 * The pack's settings of one realm: the configuration of the required action {@value #PROVIDER_ID}, which the admin
 * edits in the console. What is not set, or can't be read, is the narrowest choice.
 *
 * @param granularity for which clients customers may grant a part
 * @param selectableClients the {@code client_id}s that {@link Granularity#NAMED_CLIENTS} names
 * @param askAgain whether the consent screen asks also for what the customer granted the client before
 */
public record ConsentSettings(Granularity granularity, Set<String> selectableClients, boolean askAgain) {

    /** The id of the required action that carries the settings. */
    public static final String PROVIDER_ID = "consent-permissions";

    /** The name of the setting that holds a {@link Granularity#value()}. */
    public static final String GRANULARITY = "granularity";

    /** The name of the setting that holds {@code client_id}s. */
    public static final String SELECTABLE_CLIENTS = "selectable-clients";

    /** The name of the setting that says whether to ask again, {@code true} or {@code false}. */
    public static final String ASK_AGAIN = "ask-again";

    public ConsentSettings {
        selectableClients = Set.copyOf(selectableClients);
    }

    public static ConsentSettings of(RealmModel realm) {
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(PROVIDER_ID);
        if (config == null) {
            return new ConsentSettings(Granularity.ALL_OR_NOTHING, Set.of(), false);
        }
        return new ConsentSettings(
                Granularity.of(config.getConfigValue(GRANULARITY)).orElse(Granularity.ALL_OR_NOTHING),
                Arrays.stream(Constants.CFG_DELIMITER_PATTERN.split(config.getConfigValue(SELECTABLE_CLIENTS, "")))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet()),
                Boolean.parseBoolean(config.getConfigValue(ASK_AGAIN)));
    }

    /** Whether customers may grant a part of what this client asks for. */
    public boolean selectable(ClientModel client) {
        return switch (granularity) {
            case ALL_OR_NOTHING -> false;
            case NAMED_CLIENTS -> selectableClients.contains(client.getClientId());
            case ALL_CLIENTS -> true;
        };
    }

    /** For which clients customers may grant a part. */
    public enum Granularity {
        ALL_OR_NOTHING("all-or-nothing"),
        NAMED_CLIENTS("named-clients"),
        ALL_CLIENTS("all-clients");

        private final String value;

        Granularity(String value) {
            this.value = value;
        }

        /** How the setting spells it. */
        public String value() {
            return value;
        }

        /** The one that the setting spells so. */
        public static Optional<Granularity> of(String value) {
            return Arrays.stream(values())
                    .filter(granularity -> granularity.value.equals(value))
                    .findFirst();
        }
    }
}
