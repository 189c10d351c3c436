package io.assent.partner.provider;

import io.assent.partner.revocation.Origin;
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
    private final Origin origin;
    private final PartnerToken token;
    private String account;

    /** Whether that is committed, whatever becomes of the login's transaction. */
    private boolean isRevoked;

    private GivenToken(KeycloakSession session, Origin origin, PartnerToken token) {
        this.session = session;
        this.origin = origin;
        this.token = token;
    }

    /**
     * From here on it is kept by a link, or revoked: also where the login's transaction is rolled back.
     *
     * @param response the partner's
     * @return empty where there is no token in it, or nobody for whom it was given
     */
    static Optional<GivenToken> of(KeycloakSession session, PartnerConfig partner, String response) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        UserModel user = login == null ? null : login.getAuthenticatedUser();
        if (user == null) {
            return Optional.empty();
        }
        Origin origin = new Origin(
                Parties.of(login.getRealm(), login.getClient(), user), partner.getInternalId(), partner.getAlias());
        Optional<GivenToken> given = PartnerToken.read(response).map(token -> new GivenToken(session, origin, token));
        given.ifPresent(token -> AfterRollback.run(session, login.getRealm(), token::revokeIfLost));
        return given;
    }

    /** Whose it is at the partner; said by an ID token that is in order. */
    void isOf(String accountAtPartner) {
        account = accountAtPartner;
    }

    /** In a transaction of its own, whatever becomes of the login's. */
    void revokeUnlessKept() {
        if (Revocations.isAdded(session, token.revocable())) {
            return;
        }
        unkept(session).ifPresent(revocable -> {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), own -> Revocations.add(own, origin, revocable));
            isRevoked = true;
        });
    }

    /** The link went with the login's transaction, and what was to be revoked by it as well. */
    private void revokeIfLost(KeycloakSession own) {
        if (!isRevoked) {
            unkept(own).ifPresent(revocable -> Revocations.add(own, origin, revocable));
        }
    }

    /** What of it is revoked; empty where a link keeps it, as a session sees it. */
    private Optional<Revocable> unkept(KeycloakSession seen) {
        RealmModel realm = seen.getContext().getRealm();
        UserModel user = seen.users().getUserById(realm, origin.parties().userId());
        if (user == null) {
            return Optional.of(token.revocable());
        }
        if (isKept(seen, realm, user)) {
            return Optional.empty();
        }
        // a login at the partner that another token is of as well is not ended
        return Optional.of(isLinked(seen, realm, user) ? token.revocableAccess() : token.revocable());
    }

    private boolean isKept(KeycloakSession seen, RealmModel realm, UserModel user) {
        return new PartnerTokens(seen, realm)
                .stored(user, origin.alias())
                .filter(kept -> kept.accessToken().equals(token.accessToken()))
                .isPresent();
    }

    /** Whether the partner's account, or the customer where it is not known, has another token. */
    private boolean isLinked(KeycloakSession seen, RealmModel realm, UserModel user) {
        return account == null
                ? seen.users().getFederatedIdentity(realm, user, origin.alias()) != null
                : seen.users()
                                .getUserByFederatedIdentity(
                                        realm, new FederatedIdentityModel(origin.alias(), account, null))
                        != null;
    }
}
