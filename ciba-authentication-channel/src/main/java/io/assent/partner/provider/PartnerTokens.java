package io.assent.partner.provider;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerSettings;
import io.assent.partner.revocation.Origin;
import io.assent.partner.revocation.Revocable;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** The tokens that partners gave for customers, which Keycloak keeps with the link between the two accounts. */
public final class PartnerTokens {

    private final KeycloakSession session;
    private final RealmModel realm;

    public PartnerTokens(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Where the token of an access comes from. */
    public static Origin origin(PartnerAccess access) {
        return new Origin(access.parties(), access.providerId(), access.alias());
    }

    /**
     * The identity provider by which a partner of the session's realm is called, if it is one.
     *
     * @param id its own, and never its alias, which another one may have by now
     */
    public Optional<PartnerIdentityProvider> provider(String id) {
        IdentityProviderModel model =
                id.isEmpty() ? null : session.identityProviders().getById(id);
        return model == null || !PartnerSettings.PROVIDER_ID.equals(model.getProviderId())
                ? Optional.empty()
                : Optional.of(new PartnerIdentityProvider(session, new PartnerConfig(model)));
    }

    /**
     * What the partner's newest answer is for.
     *
     * @param asked what it is for where the partner did not say (RFC 6749, section 5.1)
     * @return empty where there is no token
     */
    public Optional<Set<String>> answered(UserModel user, String alias, Set<String> asked) {
        return stored(user, alias).map(token -> token.scopes().orElse(asked));
    }

    /** What a revocation takes: the refresh token and the access token. */
    public Optional<Revocable> revocable(UserModel user, String alias) {
        return stored(user, alias).map(PartnerToken::revocable);
    }

    /** The same of a link that is gone. */
    public static Optional<Revocable> revocable(FederatedIdentityModel link) {
        return PartnerToken.read(link.getToken()).map(PartnerToken::revocable);
    }

    /** Breaks the link between a customer and a partner, and its token goes with it. */
    public void unlink(UserModel user, String alias) {
        session.users().removeFederatedIdentity(realm, user, alias);
    }

    /** As it is in the database: another node may have changed it, and this one's cache not know it yet. */
    Optional<PartnerToken> stored(UserModel user, String alias) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
        return Optional.ofNullable(session.users().getFederatedIdentity(realm, user, alias))
                .flatMap(link -> PartnerToken.read(link.getToken()));
    }

    void store(UserModel user, String alias, PartnerToken token) {
        FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, alias);
        session.users()
                .updateFederatedIdentity(
                        realm,
                        user,
                        new FederatedIdentityModel(
                                alias,
                                link.getUserId(),
                                link.getUserName(),
                                token.json().toString()));
    }
}
