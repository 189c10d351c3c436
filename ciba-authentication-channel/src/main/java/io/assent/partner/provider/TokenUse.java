package io.assent.partner.provider;

import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerSettings;
import io.assent.partner.Partners;
import io.assent.partner.revocation.Revocations;
import io.assent.permission.Scopes;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A service of the bank wants a token by which it calls a partner for a customer. */
public final class TokenUse {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(TokenUse.class));

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Partners partners;
    private final PartnerTokens tokens;

    /** @param realm the session's */
    public TokenUse(KeycloakSession session, RealmModel realm, Partners partners) {
        this.session = session;
        this.realm = realm;
        this.partners = partners;
        this.tokens = new PartnerTokens(session, realm);
    }

    /**
     * The token, or how it is fetched anew. Calls nobody.
     *
     * @param access from {@link Partners#use}, in this transaction
     */
    public TokenResult of(PartnerAccess access) {
        UserModel user = user(access);
        if (user == null) {
            // who is removed has no access any more; a store of users that does not answer is no reason to end one
            return new TokenResult.Unavailable();
        }
        Optional<PartnerToken> stored = tokens.stored(user, access.alias());
        Optional<PartnerIdentityProvider> provider = tokens.provider(access.providerId());
        if (stored.isEmpty() || provider.isEmpty()) {
            return ended(access, Ender.SYSTEM);
        }
        Instant now = ServerTime.now();
        if (!provider.get().isOld(stored.get(), now)) {
            return given(access, stored.get());
        }
        Optional<String> refreshToken = stored.get().refreshToken();
        if (refreshToken.isEmpty()) {
            return ended(access, Ender.PARTNER);
        }
        Instant until = now.plus(Refresh.LEASE);
        return partners.lease(access, until)
                ? new TokenResult.Old(new Refresh(
                        session.getKeycloakSessionFactory(),
                        access,
                        until,
                        stored.get(),
                        provider.get().refresh(refreshToken.get())))
                : meanwhile(access, stored.get());
    }

    /** Somebody else fetches it: an old one does until it expires. */
    private TokenResult meanwhile(PartnerAccess access, PartnerToken token) {
        return token.expiration() > ServerTime.now().getEpochSecond()
                ? given(access, token)
                : new TokenResult.Unavailable();
    }

    /**
     * Keeps what the partner answered, where the access and its token are what they were when it was asked. Else what
     * it gave is nobody's, and is revoked.
     */
    TokenResult keep(PartnerAccess asked, Instant lease, PartnerToken before, Freshness answer) {
        Optional<Unkept> given = answer instanceof Freshness.Fresh fresh
                ? Optional.of(new Unkept(fresh.token(), before))
                : Optional.empty();
        given.ifPresent(token -> AfterRollback.run(session, realm, own -> revokeIfLost(own, asked, token)));
        Optional<PartnerAccess> connected = partners.hold(realm.getId(), asked.id());
        partners.release(asked, lease);
        UserModel user = user(asked);
        Optional<PartnerToken> stored = user == null ? Optional.empty() : tokens.stored(user, asked.alias());
        if (connected.isEmpty()) {
            revoke(asked, given, stored);
            return new TokenResult.Ended();
        }
        PartnerAccess access = connected.get();
        if (user == null) {
            // the link is where nobody looks it up now, as it was
            revoke(access, given, Optional.of(before));
            return new TokenResult.Unavailable();
        }
        if (stored.isEmpty()) {
            revoke(access, given, stored);
            return ended(access, Ender.SYSTEM);
        }
        if (!stored.get().equals(before)) {
            revoke(access, given, stored);
            return meanwhile(access, stored.get());
        }
        if (answer instanceof Freshness.Ended) {
            return ended(access, Ender.PARTNER);
        }
        if (answer instanceof Freshness.Unavailable unavailable) {
            OPERATOR.warn(
                    realm.getId() + access.alias(),
                    "Partner '%s' of realm '%s' gives no token now (%s). It is asked again with the next call; the access stands"
                            .formatted(access.alias(), realm.getName(), unavailable.reason()));
            return new TokenResult.Unavailable();
        }
        PartnerToken fresh = ((Freshness.Fresh) answer).token();
        tokens.store(user, access.alias(), fresh);
        return given(access, fresh);
    }

    private void revoke(PartnerAccess access, Optional<Unkept> given, Optional<PartnerToken> kept) {
        given.ifPresent(token -> Revocations.add(session, PartnerTokens.origin(access), token.beside(kept)));
    }

    /** What was to keep it, or to revoke it, was not committed; or it was, and nobody heard of it. */
    private static void revokeIfLost(KeycloakSession own, PartnerAccess access, Unkept token) {
        RealmModel realm = own.getContext().getRealm();
        UserModel user = own.users().getUserById(realm, access.parties().userId());
        Optional<PartnerToken> kept =
                user == null ? Optional.of(token.before()) : new PartnerTokens(own, realm).stored(user, access.alias());
        if (!kept.equals(Optional.of(token.fresh()))) {
            Revocations.add(own, PartnerTokens.origin(access), token.beside(kept));
        }
    }

    private TokenResult ended(PartnerAccess access, Ender by) {
        partners.end(access, by);
        return new TokenResult.Ended();
    }

    /** Never for more than the customer chose, and not where an admin took it back. What it is for is noted. */
    private TokenResult given(PartnerAccess access, PartnerToken token) {
        Optional<PartnerSettings> settings = partners.settings(access);
        if (settings.isEmpty()) {
            return new TokenResult.Ended();
        }
        Set<String> more = new LinkedHashSet<>(token.scopes().orElse(access.granted()));
        more.removeAll(settings.get().always());
        more.removeAll(access.granted());
        if (!more.isEmpty()) {
            OPERATOR.warn(
                    realm.getId() + access.alias() + "more",
                    "Partner '%s' of realm '%s' widened a token by %d scopes that the customer did not choose: the access was ended, and the token is revoked"
                            .formatted(access.alias(), realm.getName(), more.size()));
            return ended(access, Ender.SYSTEM);
        }
        Set<String> granted = new LinkedHashSet<>(token.scopes().orElse(access.granted()));
        granted.retainAll(access.granted());
        if (granted.isEmpty()) {
            return ended(access, Ender.PARTNER);
        }
        partners.narrow(access, granted);
        long expiration = token.expiration();
        return new TokenResult.Token(
                token.accessToken(),
                expiration == 0
                        ? Optional.empty()
                        : Optional.of(Math.max(0, expiration - ServerTime.now().getEpochSecond())),
                Scopes.join(granted));
    }

    private UserModel user(PartnerAccess access) {
        return session.users().getUserById(realm, access.parties().userId());
    }
}
