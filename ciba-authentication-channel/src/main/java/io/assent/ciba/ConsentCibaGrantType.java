package io.assent.ciba;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.GrantWish;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.request.Redemption;
import io.assent.request.Standing;
import io.assent.rules.ConsentRules;
import io.assent.server.EventDetails;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
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
 * The CIBA grant (CIBA Core 1.0, section 10.1) with the database as the only truth. It looks the consent request up,
 * shows the stock grant what that says, in the stock grant's own terms, and lets it answer.
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
        Optional<CIBAAuthenticationRequest> authRequest =
                decode(context.getFormParams().getFirst(AUTH_REQ_ID));
        if (authRequest.isEmpty()) {
            // there is nothing to look up, and the stock grant says why
            return super.process(context);
        }
        try {
            String id = authRequest.get().getId();
            CIBAAuthenticationRequest projected = project(authRequest.get());
            // what is projected under its own id is what the client sent, and encrypting it again says nothing new
            if (!projected.getId().equals(id)) {
                context.setFormParams(withAuthReqId(context.getFormParams(), projected.serialize(session)));
            }
            return super.process(context);
        } catch (WebApplicationException refused) {
            if (redeemed.isPresent()) {
                // a stock refusal commits what was done so far, and the request would stay redeemed without a token
                session.getTransactionManager().setRollbackOnly();
            }
            throw refused;
        }
    }

    private Optional<CIBAAuthenticationRequest> decode(String authReqId) {
        if (authReqId == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(CIBAAuthenticationRequest.deserialize(session, authReqId));
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    /** Puts what the database says where the stock grant looks, and returns the request by which it finds it there. */
    private CIBAAuthenticationRequest project(CIBAAuthenticationRequest authRequest) {
        StockProjection projection = new StockProjection(session, realm, client);
        Standing standing =
                requests.standing(realm.getId(), client.getId(), new Journey(Journey.CIBA, authRequest.getId()));
        if (standing instanceof Standing.Pending pending) {
            return projection.pending(authRequest, pending.request());
        }
        if (standing instanceof Standing.Approved approved) {
            return redeem(approved, authRequest, projection);
        }
        if (standing instanceof Standing.Denied) {
            return projection.denied(authRequest);
        }
        if (standing instanceof Standing.Expired) {
            return projection.expired(authRequest);
        }
        return redeemAgain(authRequest, projection).orElseGet(() -> projection.unknown(authRequest));
    }

    /** A poll that repeats because its answer was lost, where the rules for the client let it. */
    private Optional<CIBAAuthenticationRequest> redeemAgain(
            CIBAAuthenticationRequest authRequest, StockProjection projection) {
        Duration within = ConsentRules.of(session, client).repeatRedemption();
        if (within.isZero()) {
            return Optional.empty();
        }
        return requests.redeemed(realm.getId(), client.getId(), new Journey(Journey.CIBA, authRequest.getId()))
                .flatMap(request -> consents.reissuable(request.parties(), request.id())
                        .flatMap(consent -> redeemAgain(request, consent, within, authRequest)))
                .map(projection::approved);
    }

    private Optional<CIBAAuthenticationRequest> redeemAgain(
            ConsentRequest request, Consent consent, Duration within, CIBAAuthenticationRequest authRequest) {
        UserModel user = session.users().getUserById(realm, request.parties().userId());
        if (user == null || isRevokedSince(user, request.decision().decidedAt())) {
            return Optional.empty();
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
            return Optional.empty();
        }
        redeemed = Optional.of(request);
        event.detail(EventDetails.REQUEST_ID, request.id());
        authRequest.subject(request.parties().userId());
        authRequest.setScope(granted.scope());
        if (grants.of(authRequest, request.parties()) instanceof GrantWish.Change change) {
            carry(change, user, authRequest);
        }
        return Optional.of(authRequest);
    }

    private CIBAAuthenticationRequest redeem(
            Standing.Approved approved, CIBAAuthenticationRequest authRequest, StockProjection projection) {
        ConsentRequest request = approved.request();
        UserModel user = session.users().getUserById(realm, request.parties().userId());
        if (user == null) {
            return projection.unknown(authRequest);
        }
        refuseLockedOut(user);
        if (isRevokedSince(user, request.decision().decidedAt())) {
            return projection.denied(authRequest);
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
        if (redemption instanceof Redemption.Redeemed granted) {
            redeemed = Optional.of(request);
            event.detail(EventDetails.REQUEST_ID, request.id());
            authRequest.subject(request.parties().userId());
            authRequest.setScope(granted.scope());
            if (wish instanceof GrantWish.Change change) {
                change.keepIn(session);
                carry(change, user, authRequest);
            }
            return projection.approved(authRequest);
        }
        // another poll was faster
        return projection.unknown(authRequest);
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
        redeemed.map(LevelOfLogin::new).ifPresent(level -> level.keepIn(context.getClientSession()));
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

    private static MultivaluedHashMap<String, String> withAuthReqId(
            MultivaluedMap<String, String> form, String authReqId) {
        MultivaluedHashMap<String, String> copy = new MultivaluedHashMap<>();
        form.forEach((name, values) -> copy.addAll(name, values));
        copy.putSingle(AUTH_REQ_ID, authReqId);
        return copy;
    }
}
