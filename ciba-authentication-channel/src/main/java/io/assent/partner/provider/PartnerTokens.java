package io.assent.partner.provider;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerSettings;
import io.assent.partner.Partners;
import io.assent.partner.revocation.Revocable;
import io.assent.permission.Scopes;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** The tokens that partners gave for customers, which Keycloak keeps with the link between the two accounts. */
public final class PartnerTokens {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(PartnerTokens.class));

    private final KeycloakSession session;
    private final RealmModel realm;

    public PartnerTokens(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The identity provider by which a partner of the session's realm is called, if it is one. */
    public Optional<PartnerIdentityProvider> provider(String alias) {
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        return model == null || !PartnerSettings.PROVIDER_ID.equals(model.getProviderId())
                ? Optional.empty()
                : Optional.of(new PartnerIdentityProvider(session, new OIDCIdentityProviderConfig(model)));
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

    /** What a revocation takes: the refresh token, or else the access token; and what it is (RFC 7009, section 2.1). */
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

    /**
     * A token by which the bank calls the partner for a customer. Where the partner takes it no more, the access ends.
     *
     * @param access it is connected, and nobody else changes it meanwhile
     */
    public TokenResult token(PartnerAccess access, Partners partners) {
        UserModel user = session.users().getUserById(realm, access.parties().userId());
        if (user == null) {
            // who is removed has no access any more; a store of users that does not answer is no reason to end one
            return new TokenResult.Unavailable();
        }
        Optional<PartnerToken> stored = stored(user, access.alias());
        Optional<PartnerIdentityProvider> provider = provider(access.alias());
        if (stored.isEmpty() || provider.isEmpty()) {
            partners.end(access, Ender.SYSTEM);
            return new TokenResult.Ended();
        }
        Freshness freshness =
                provider.get().fresh(stored.get(), ServerTime.now().getEpochSecond());
        if (freshness instanceof Freshness.Fresh fresh) {
            if (!fresh.token().equals(stored.get())) {
                store(user, access.alias(), fresh.token());
            }
            return given(access, partners, fresh.token());
        }
        if (freshness instanceof Freshness.Unavailable unavailable) {
            OPERATOR.warn(
                    realm.getId() + access.alias(),
                    "Partner '%s' of realm '%s' gives no token now (%s). It is asked again with the next call; the access stands"
                            .formatted(access.alias(), realm.getName(), unavailable.reason()));
            return new TokenResult.Unavailable();
        }
        partners.end(access, Ender.PARTNER);
        return new TokenResult.Ended();
    }

    /** As it is in the database: another node may have changed it, and this one's cache not know it yet. */
    private Optional<PartnerToken> stored(UserModel user, String alias) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
        return Optional.ofNullable(session.users().getFederatedIdentity(realm, user, alias))
                .flatMap(link -> PartnerToken.read(link.getToken()));
    }

    private void store(UserModel user, String alias, PartnerToken token) {
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

    /** Never for more than the customer chose. */
    private TokenResult given(PartnerAccess access, Partners partners, PartnerToken token) {
        Set<String> more = new LinkedHashSet<>(token.scopes().orElse(access.granted()));
        partners.settings(access).ifPresent(settings -> more.removeAll(settings.always()));
        more.removeAll(access.granted());
        if (!more.isEmpty()) {
            OPERATOR.warn(
                    realm.getId() + access.alias() + "more",
                    "Partner '%s' of realm '%s' widened a token by %d scopes that the customer did not choose: the access was ended, and the token is revoked"
                            .formatted(access.alias(), realm.getName(), more.size()));
            partners.end(access, Ender.SYSTEM);
            return new TokenResult.Ended();
        }
        Set<String> granted = new LinkedHashSet<>(token.scopes().orElse(access.granted()));
        granted.retainAll(access.granted());
        long expiration = token.expiration();
        return new TokenResult.Token(
                token.accessToken(),
                expiration == 0
                        ? Optional.empty()
                        : Optional.of(Math.max(0, expiration - ServerTime.now().getEpochSecond())),
                Scopes.join(granted));
    }
}
