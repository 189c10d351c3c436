package io.assent.partner.provider;

import io.assent.partner.revocation.Revocable;
import io.assent.partner.revocation.Revocations;
import io.assent.server.Parties;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a partner gave for a code. Where no link keeps it, nobody would know of it any more, and it is revoked. */
final class GivenToken {

    private final KeycloakSession session;
    private final String alias;
    private final PartnerToken token;
    private final RealmModel realm;
    private final UserModel user;
    private final Parties parties;
    private String account;

    private GivenToken(
            KeycloakSession session,
            String alias,
            PartnerToken token,
            AuthenticationSessionModel login,
            UserModel user) {
        this.session = session;
        this.alias = alias;
        this.token = token;
        this.realm = login.getRealm();
        this.user = user;
        this.parties = Parties.of(realm, login.getClient(), user);
    }

    /**
     * @param response the partner's
     * @return empty where there is no token in it, or nobody for whom it was given
     */
    static Optional<GivenToken> of(KeycloakSession session, String alias, String response) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        UserModel user = login == null ? null : login.getAuthenticatedUser();
        return user == null
                ? Optional.empty()
                : PartnerToken.read(response).map(token -> new GivenToken(session, alias, token, login, user));
    }

    /** Whose it is at the partner; said by an ID token that is in order. */
    void isOf(String accountAtPartner) {
        account = accountAtPartner;
    }

    /** In a transaction of its own, whatever becomes of the login's. */
    void revokeUnlessKept() {
        if (isKept() || Revocations.isAdded(session, token.revocable())) {
            return;
        }
        // a login at the partner that another token is of as well is not ended
        Revocable revocable = isLinked() ? token.revocableAccess() : token.revocable();
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(), own -> Revocations.add(own, parties, alias, revocable));
    }

    private boolean isKept() {
        return new PartnerTokens(session, realm)
                .stored(user, alias)
                .filter(kept -> kept.accessToken().equals(token.accessToken()))
                .isPresent();
    }

    /** Whether the partner's account, or the customer where it is not known, has another token. */
    private boolean isLinked() {
        return account == null
                ? session.users().getFederatedIdentity(realm, user, alias) != null
                : session.users().getUserByFederatedIdentity(realm, new FederatedIdentityModel(alias, account, null))
                        != null;
    }
}
