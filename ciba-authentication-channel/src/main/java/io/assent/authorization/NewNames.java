package io.assent.authorization;

import io.assent.permission.change.ChangedPermissions;
import io.assent.server.ServerTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.util.TokenUtil;

/** The permissions in an authorization request by the names that they have now. */
final class NewNames {

    private final KeycloakSession session;

    NewNames(KeycloakSession session) {
        this.session = session;
    }

    /**
     * The {@code scope} that the stock code is to see.
     *
     * @param parameters finds what was sent by its name, or {@code null}
     * @return empty where it is the one that was sent
     */
    Optional<String> scope(Function<String, String> parameters) {
        RealmModel realm = session.getContext().getRealm();
        String scope = parameters.apply(OAuth2Constants.SCOPE);
        String clientId = parameters.apply(OAuth2Constants.CLIENT_ID);
        ClientModel client = scope == null || clientId == null ? null : realm.getClientByClientId(clientId);
        if (client == null) {
            return Optional.empty();
        }
        // who wants no page is not to be told that there is one, as long as what was asked for before works on
        boolean page = !TokenUtil.hasPrompt(
                parameters.apply(OIDCLoginProtocol.PROMPT_PARAM), OIDCLoginProtocol.PROMPT_VALUE_NONE);
        return Optional.of(ChangedPermissions.of(realm).asked(client, scope, page, ServerTime.now()))
                .filter(asked -> !asked.equals(scope));
    }

    /** The same in a pushed request. */
    Optional<String> scope(Map<String, String> pushed) {
        return scope(pushed::get);
    }
}
