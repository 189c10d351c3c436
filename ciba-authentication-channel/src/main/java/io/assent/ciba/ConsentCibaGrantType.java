package io.assent.ciba;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantWish;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.permission.change.ChangedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.request.Redemption;
import io.assent.request.Standing;
import io.assent.rules.ConsentRules;
import io.assent.server.EventDetails;
import io.assent.server.ServerTime;
import io.assent.standin.ReadTokenRequest;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * The CIBA grant (CIBA Core 1.0, section 10.1) with the database as the only truth. The stock grant reads what the
 * client sent; before it goes on, this looks the consent request up, shows the stock grant what that says, in the stock
 * grant's own terms, and lets it answer.
 *
 * <p>Fails closed: an {@code auth_req_id} without a consent request is never worth a token.
 */
final class ConsentCibaGrantType extends CibaGrantType {

    private final ConsentRequests requests;
    private final PermissionCatalogue permissions;
    private final WantedGrant grants;
    private final Consents consents;
    private Optional<ConsentRequest> redeemed = Optional.empty();

    ConsentCibaGrantType(
            ConsentRequests requests, Consents consents, PermissionCatalogue permissions, WantedGrant grants) {
        this.requests = requests;
        this.consents = consents;
        this.permissions = permissions;
        this.grants = grants;
    }

    @Override
    public Response process(Context context) {
        setContext(context);
        ReadTokenRequest.showBy(session, this::show);
        try {
            return super.process(context);
        } catch (RuntimeException refused) {
            if (redeemed.isPresent()) {
                // a stock refusal commits what was done so far, and the request would stay redeemed without a token
                session.getTransactionManager().setRollbackOnly();
            }
            throw refused;
        } finally {
            ReadTokenRequest.forget(session);
        }
    }

    /** Puts what the database says where the stock grant looks, and names the request so that it is found there. */
    private void show(CIBAAuthenticationRequest authRequest) {
        StockProjection projection = new StockProjection(session, realm, client);
        Standing standing =
                requests.standing(realm.getId(), client.getId(), new Journey(Journey.CIBA, authRequest.getId()));
        if (standing instanceof Standing.Pending pending) {
            projection.pending(authRequest, pending.expiresAt());
        } else if (standing instanceof Standing.Denied) {
            projection.denied(authRequest);
        } else if (standing instanceof Standing.Expired) {
            projection.expired(authRequest);
        } else if (standing instanceof Standing.Approved approved) {
            redeem(approved, authRequest, projection);
        } else if (redeemAgain(authRequest)) {
            projection.approved(authRequest);
        } else {
            projection.unknown(authRequest);
        }
    }

    /** A poll that repeats because its answer was lost, where the rules for the client let it. */
    private boolean redeemAgain(CIBAAuthenticationRequest authRequest) {
        Duration within = ConsentRules.of(session, client).repeatRedemption();
        if (within.isZero()) {
            return false;
        }
        return requests.redeemed(realm.getId(), client.getId(), new Journey(Journey.CIBA, authRequest.getId()))
                .flatMap(request -> consents.reissuable(request.parties(), request.id())
                        .map(this::followed)
                        .filter(consent ->
                                consent.stands(ServerTime.now()) && redeemAgain(request, consent, within, authRequest)))
                .isPresent();
    }

    /** By the names that permissions have now, as at a refresh. */
    private Consent followed(Consent consent) {
        return consents.follow(consent, ChangedPermissions.of(realm).current(), ChangedPermissions.availableTo(client));
    }

    private boolean redeemAgain(
            ConsentRequest request, Consent consent, Duration within, CIBAAuthenticationRequest authRequest) {
        UserModel user = session.users().getUserById(realm, request.parties().userId());
        if (user == null || isRevokedSince(user, request.decision().decidedAt())) {
            return false;
        }
        refuseLockedOut(user);
        Redemption redemption = requests.redeemAgain(
                request,
                within,
                consent.names(),
                scope -> permissions.inToken(client, user, scope, request.permissions()));
        if (redemption instanceof Redemption.Widened widened) {
            throw refuseWidened(widened.notGranted());
        }
        if (redemption instanceof Redemption.Barred) {
            throw refuseBarred();
        }
        if (!(redemption instanceof Redemption.Redeemed granted)) {
            return false;
        }
        redeemed = Optional.of(request);
        event.detail(EventDetails.REQUEST_ID, request.id());
        authRequest.subject(request.parties().userId());
        authRequest.setScope(granted.scope());
        if (grants.of(authRequest, request.parties()) instanceof GrantWish.Change change) {
            carry(change, user, authRequest);
        }
        return true;
    }

    private void redeem(Standing.Approved approved, CIBAAuthenticationRequest authRequest, StockProjection projection) {
        ConsentRequest request = approved.request();
        UserModel user = session.users().getUserById(realm, request.parties().userId());
        if (user == null) {
            projection.unknown(authRequest);
            return;
        }
        refuseLockedOut(user);
        if (isRevokedSince(user, request.decision().decidedAt())) {
            projection.denied(authRequest);
            return;
        }
        GrantWish wish = grants.of(authRequest, request.parties());
        if (wish instanceof GrantWish.Refused) {
            throw refuseGone();
        }
        Redemption redemption =
                requests.redeem(approved, scope -> permissions.inToken(client, user, scope, request.permissions()));
        if (redemption instanceof Redemption.Widened widened) {
            throw refuseWidened(widened.notGranted());
        }
        if (redemption instanceof Redemption.Barred) {
            throw refuseBarred();
        }
        if (!(redemption instanceof Redemption.Redeemed granted)) {
            // another poll was faster
            projection.unknown(authRequest);
            return;
        }
        redeemed = Optional.of(request);
        event.detail(EventDetails.REQUEST_ID, request.id());
        authRequest.subject(request.parties().userId());
        authRequest.setScope(granted.scope());
        if (wish instanceof GrantWish.Change change) {
            change.keepIn(session);
            carry(change, user, authRequest);
        }
        projection.approved(authRequest);
    }

    private void carry(GrantWish.Change change, UserModel user, CIBAAuthenticationRequest authRequest) {
        Set<String> scope = new LinkedHashSet<>(Scopes.split(authRequest.getScope()));
        scope.addAll(grants.carried(change, client, user));
        authRequest.setScope(Scopes.join(scope));
    }

    @Override
    protected Response createTokenResponse(
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext context,
            String scope,
            boolean code,
            Function<AccessTokenResponseBuilder, ClientPolicyContext> policies) {
        ConsentRequest request = redeemed.orElseThrow(
                () -> new IllegalStateException("The stock grant went on by its own record, and not by the row"));
        new LevelOfLogin(request).keepIn(context.getClientSession());
        return super.createTokenResponse(user, userSession, context, scope, code, policies);
    }

    /**
     * All of the customer's, the client's or the realm's tokens were revoked (<em>not before</em>), and this yes too.
     */
    private boolean isRevokedSince(UserModel user, Instant decidedAt) {
        return IntStream.of(
                        realm.getNotBefore(),
                        client.getNotBefore(),
                        session.users().getNotBeforeOfUser(realm, user))
                .anyMatch(notBefore -> notBefore > decidedAt.getEpochSecond());
    }

    private void refuseLockedOut(UserModel user) {
        String error = AuthenticatorUtils.getDisabledByBruteForceEventError(
                session.getProvider(BruteForceProtector.class), session, realm, user);
        if (error != null) {
            event.user(user);
            event.error(error);
            // in the words for a disabled user: whether it is a lockout is not the client's business
            throw invalidGrant("User disabled");
        }
    }

    private CorsErrorResponseException refuseGone() {
        event.detail(Details.REASON, "The grant that the request was to change has ended");
        event.error(Errors.CONSENT_DENIED);
        return invalidGrant("The grant that the request was to change has ended");
    }

    private CorsErrorResponseException refuseBarred() {
        String reason = "The customer, or a client that was part of the answer, is disabled";
        event.detail(Details.REASON, reason);
        event.error(Errors.CONSENT_DENIED);
        return invalidGrant(reason);
    }

    private CorsErrorResponseException refuseWidened(Set<String> notGranted) {
        event.detail(Details.REASON, "The client's scopes changed since the customer decided: " + notGranted);
        event.error(Errors.CONSENT_DENIED);
        return invalidGrant("The client's scopes changed since the customer decided");
    }

    private CorsErrorResponseException invalidGrant(String description) {
        return new CorsErrorResponseException(
                cors, OAuthErrorException.INVALID_GRANT, description, Response.Status.BAD_REQUEST);
    }
}
