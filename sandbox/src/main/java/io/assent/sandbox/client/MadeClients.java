package io.assent.sandbox.client;

import io.assent.permission.PermissionCatalogue;
import io.assent.registration.Registration;
import io.assent.registration.RegistrationResult;
import io.assent.registration.RegistrationResult.Registered;
import io.assent.registration.TppForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.urls.UrlType;

/** The clients of a realm that the sandbox made. */
public record MadeClients(KeycloakSession session, RealmModel realm) {

    /** As many as a realm has at the most; of calls at once, each may make one more. */
    public static final int MOST = 100;

    static final String MARK = "sandbox.client";

    private static final String PREFIX = "sandbox-tpp-";

    private static final int LENGTH_OF_ID = 12;

    /** What came of a registration. */
    public sealed interface Result {

        /**
         * There is a new client.
         *
         * @param form what it was made of
         * @param secret or empty where it has a key
         */
        record Made(TppForm form, Optional<String> secret) implements Result {}

        /** The realm has as many as it takes. */
        record TooMany() implements Result {}

        /** The pack's rule, or the realm's policies, refuse it. */
        record Refused(RegistrationResult.Refused why) implements Result {}
    }

    /** @param wanted without a flaw */
    public Result register(ClientWanted wanted) {
        if (all().size() >= MOST) {
            return new Result.TooMany();
        }
        TppForm form = wanted.form(newId(), permissions(), endpoint());
        RegistrationResult result =
                Registration.by(session, new Developer(wanted.kind())).register(realm, form);
        if (result instanceof Registered made) {
            return new Result.Made(form, Optional.ofNullable(made.secret()));
        }
        return result instanceof RegistrationResult.Refused refused
                ? new Result.Refused(refused)
                // its id was taken
                : register(wanted);
    }

    private static String newId() {
        return PREFIX
                + KeycloakModelUtils.generateId()
                        .replace("-", "")
                        .toLowerCase(Locale.ROOT)
                        .substring(0, LENGTH_OF_ID);
    }

    private Set<String> permissions() {
        return PermissionCatalogue.offered(realm)
                .map(ClientScopeModel::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    private String endpoint() {
        return Urls.realmIssuer(session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName())
                + "/sandbox/notifications";
    }

    /**
     * Removes one of them, as an admin would. A transaction removes no more: what it has read of the others is of no
     * use then, and Keycloak says that they are not there.
     *
     * @param spared the internal id of the client that is not removed
     * @return whether there was another
     */
    public boolean removeOne(String spared) {
        ClientManager clients = new ClientManager(new RealmManager(session));
        return all().stream()
                .filter(client -> !client.getId().equals(spared))
                .findFirst()
                .filter(client -> clients.removeClient(realm, client))
                .isPresent();
    }

    private List<ClientModel> all() {
        // not by the attribute: without an option of the server, Keycloak looks for none
        return realm.searchClientByClientIdStream(PREFIX, 0, 2 * MOST)
                .filter(MadeClients::isMade)
                .toList();
    }

    /** Whether the sandbox made a client, for whoever wanted one. */
    public static boolean isMade(ClientModel client) {
        return "true".equals(client.getAttribute(MARK));
    }
}
