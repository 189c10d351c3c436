package io.assent.permission;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/**
 * The pack's settings of one realm: the configuration of the required action {@value #PROVIDER_ID}, which the admin
 * edits in the console. What is not set, or can't be read, is the narrowest choice.
 *
 * @param granularity for which clients customers may grant a part
 * @param selectableClients the {@code client_id}s that {@link Granularity#NAMED_CLIENTS} names
 * @param askAgain whether the consent screen asks also for what the customer granted the client before
 * @param ownClients the {@code client_id}s of the bank's own clients, whose tokens may carry permissions for which no
 *     customer was asked
 * @param oneTime the names of the permissions that are asked for each time, beside those whose client scopes say so
 * @param reservedNames what no client may be called before a customer, beside the realm's display name
 * @param loginHints the attributes by which a {@code login_hint} finds a customer, in their order
 * @param concealsCustomers whether a client that asks for somebody whom the bank does not know is told so, or waits for
 *     an answer that never comes
 * @param accountSource the id of the provider that knows the customers' accounts; without one nobody chooses an account
 */
public record ConsentSettings(
        Granularity granularity,
        Set<String> selectableClients,
        boolean askAgain,
        Set<String> ownClients,
        Set<String> oneTime,
        Set<String> reservedNames,
        List<String> loginHints,
        boolean concealsCustomers,
        Optional<String> accountSource) {

    /** The id of the required action that carries the settings. */
    public static final String PROVIDER_ID = "consent-permissions";

    /** The name of the setting that holds a {@link Granularity#value()}. */
    public static final String GRANULARITY = "granularity";

    /** The name of the setting that holds {@code client_id}s. */
    public static final String SELECTABLE_CLIENTS = "selectable-clients";

    /** The name of the setting that says whether to ask again, {@code true} or {@code false}. */
    public static final String ASK_AGAIN = "ask-again";

    /** The name of the setting that holds the {@code client_id}s of the bank's own clients. */
    public static final String OWN_CLIENTS = "own-clients";

    /** The name of the setting that holds names of client scopes. */
    public static final String ONE_TIME = "one-time-permissions";

    /** The name of the setting that holds names of the bank's. */
    public static final String RESERVED_NAMES = "reserved-names";

    /** The name of the setting that holds names of user attributes. */
    public static final String LOGIN_HINTS = "login-hints";

    /** The name of the setting that says whether clients are told who is no customer, {@code true} or {@code false}. */
    public static final String CONCEALS_CUSTOMERS = "conceal-customers";

    /** The name of the setting that holds the id of an account source. */
    public static final String ACCOUNT_SOURCE = "account-source";

    private static final List<String> USUAL_LOGIN_HINTS = List.of(UserModel.USERNAME, UserModel.EMAIL);

    public ConsentSettings {
        selectableClients = Set.copyOf(selectableClients);
        ownClients = Set.copyOf(ownClients);
        oneTime = Set.copyOf(oneTime);
        reservedNames = Set.copyOf(reservedNames);
        loginHints = loginHints.isEmpty() ? USUAL_LOGIN_HINTS : List.copyOf(loginHints);
    }

    public static ConsentSettings of(RealmModel realm) {
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(PROVIDER_ID);
        if (config == null) {
            return new ConsentSettings(
                    Granularity.ALL_OR_NOTHING,
                    Set.of(),
                    false,
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    List.of(),
                    false,
                    Optional.empty());
        }
        return new ConsentSettings(
                Granularity.of(config.getConfigValue(GRANULARITY)).orElse(Granularity.ALL_OR_NOTHING),
                names(config, SELECTABLE_CLIENTS),
                Boolean.parseBoolean(config.getConfigValue(ASK_AGAIN)),
                names(config, OWN_CLIENTS),
                names(config, ONE_TIME),
                names(config, RESERVED_NAMES),
                List.copyOf(names(config, LOGIN_HINTS)),
                Boolean.parseBoolean(config.getConfigValue(CONCEALS_CUSTOMERS)),
                Optional.ofNullable(config.getConfigValue(ACCOUNT_SOURCE))
                        .map(String::trim)
                        .filter(id -> !id.isEmpty()));
    }

    /** Whether the realm has the consent screen: the required action is on. */
    public static boolean asksInTheBrowser(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(PROVIDER_ID);
        return action != null && action.isEnabled();
    }

    /** Whether customers may grant a part of what this client asks for. */
    public boolean selectable(ClientModel client) {
        return switch (granularity) {
            case ALL_OR_NOTHING -> false;
            case NAMED_CLIENTS -> selectableClients.contains(client.getClientId());
            case ALL_CLIENTS -> true;
        };
    }

    /**
     * Whether customers are asked for the permissions of this client: always, unless the bank named it as its own and
     * it does not need consent in Keycloak's eyes either.
     */
    public boolean asksFor(ClientModel client) {
        return client.isConsentRequired() || !ownClients.contains(client.getClientId());
    }

    private static Set<String> names(RequiredActionConfigModel config, String setting) {
        return Arrays.stream(Constants.CFG_DELIMITER_PATTERN.split(config.getConfigValue(setting, "")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
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
