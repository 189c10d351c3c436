package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.permission.Scopes;
import io.assent.request.ConsentApp;
import io.assent.server.Parties;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.refresh.RefreshTokenContext;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/**
 * Refresh tokens that were issued before there were consents, and name none. One that has permissions belongs to the
 * consent that became of what its client was granted; any other is the server's own business.
 */
final class OldRefreshTokens {

    private final KeycloakSession session;
    private final Consents consents;

    OldRefreshTokens(KeycloakSession session, Consents consents) {
        this.session = session;
        this.consents = consents;
    }

    /** The consent that such a token belongs to, live or over. */
    Optional<Consent> consent(RefreshTokenContext context) {
        RefreshToken token = context.oldRefreshToken();
        ClientModel client = context.grantContext().getClient();
        RealmModel realm = client.getRealm();
        if (GrantParameters.grantId(token).isPresent()
                || !ConsentApp.isAsker(realm, client)
                || !hasPermission(client, token)) {
            return Optional.empty();
        }
        return login(realm, token)
                .flatMap(login -> consents.shared(Parties.of(realm, client, login.getUser())))
                .filter(consent -> consent.session().equals(TokenSession.UNKNOWN));
    }

    private static boolean hasPermission(ClientModel client, RefreshToken token) {
        return Scopes.split(token.getScope()).stream()
                .flatMap(name -> Stream.of(true, false)
                        .map(byDefault -> client.getClientScopes(byDefault).get(name)))
                .anyMatch(scope -> scope != null && scope.isDisplayOnConsentScreen());
    }

    private Optional<UserSessionModel> login(RealmModel realm, RefreshToken token) {
        if (token.getSessionId() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())
                        ? session.sessions().getOfflineUserSession(realm, token.getSessionId())
                        : session.sessions().getUserSession(realm, token.getSessionId()));
    }
}
