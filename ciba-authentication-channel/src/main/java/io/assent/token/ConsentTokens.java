package io.assent.token;

import io.assent.claim.ClaimLimits;
import io.assent.claim.IdTokenInProgress;
import io.assent.consent.Consent;
import io.assent.consent.Consent.Access;
import io.assent.consent.Consent.TokenSession;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.consent.GrantWish;
import io.assent.consent.GrantedPermission;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.detail.LoginGrant;
import io.assent.permission.ClaimedPermissions;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestEvent.Redeemed;
import io.assent.request.ConsentRequestEvent.RedeemedAgain;
import io.assent.request.ConsentRequests;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * Ties tokens to the consent that they are issued for: its id is their claim {@value GrantParameters#GRANT_ID} (Grant
 * Management for OAuth 2.0), and they end with it at the latest. A redeemed CIBA request becomes its consent here, in
 * the transaction that redeems it: here its user session is known.
 */
final class ConsentTokens implements TokenPostProcessor {

    private final KeycloakSession session;
    private final Consents consents;
    private final DetailTypes types;

    ConsentTokens(KeycloakSession session, Consents consents, DetailTypes types) {
        this.session = session;
        this.consents = consents;
        this.types = types;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        AuthenticatedClientSessionModel clientSession = context.clientSessionCtx() == null
                ? null
                : context.clientSessionCtx().getClientSession();
        if (clientSession == null || clientSession.getUserSession() == null) {
            return;
        }
        Optional<Issue> issued = RedeemedRequest.takeFrom(session)
                .map(redemption -> redemption instanceof RedeemedAgain again
                        ? reissue(again.request(), context.clientSessionCtx())
                        : grant(((Redeemed) redemption).request(), context.clientSessionCtx()))
                .orElseGet(() -> namesConsent(context.requestRefreshToken())
                        ? refreshed(context, clientSession.getClient())
                        : ofSession(context));
        if (mayTellTooMuch(
                context.clientSessionCtx(), issued.map(Issue::consents).orElse(List.of()))) {
            throw refuseWider(clientSession.getClient());
        }
        issued.ifPresent(issue -> {
            consents.use(issue.consent());
            tie(context, issue);
            GrantedClaims.limit(session, context, issue.consent(), issue.usedUp());
            issue.details().writeTo(context);
            GrantInResponse.announce(session, issue.consent(), issue.details(), isOneTime(issue.details()));
        });
    }

    /**
     * Whether claims would be told that were not granted: by a permission that is limited in another consent than the
     * tokens are tied to, or in an ID token that is shown to nobody, as of an exchange.
     */
    private boolean mayTellTooMuch(ClientSessionContext context, List<Consent> tied) {
        if (tied.stream().anyMatch(consent -> !consent.claims().isEmpty()) && !IdTokenInProgress.isShown(session)) {
            return true;
        }
        Set<String> others = permissions(context)
                .filter(ClaimedPermissions::isOfTheGroup)
                .map(ClientScopeModel::getId)
                .filter(id ->
                        tied.stream().noneMatch(consent -> consent.scopeIds().contains(id)))
                .collect(Collectors.toSet());
        return !others.isEmpty()
                && consents.live(parties(context.getClientSession())).stream()
                        .flatMap(consent -> consent.permissions().stream())
                        .anyMatch(
                                permission -> permission.claims().isPresent() && others.contains(permission.scopeId()));
    }

    /** A refresh token that names none may have got a permission since, which a consent of its login grants. */
    private static boolean namesConsent(RefreshToken token) {
        return token != null && GrantParameters.grantId(token).isPresent();
    }

    private boolean isOneTime(TokenDetails details) {
        return !details.details().isEmpty() && types.isOneTime(details.details());
    }

    /** The tokens that the client did not get end, in the transaction in which these are issued. */
    private Optional<Issue> reissue(ConsentRequest request, ClientSessionContext context) {
        ClientModel client = context.getClientSession().getClient();
        Consent consent = consents.reissue(
                        request.parties(),
                        request.id(),
                        context.getClientSession().getUserSession().getId())
                .orElseThrow(() -> refuse(client, OAuthErrorException.INVALID_GRANT, "The grant has ended"));
        if (!covers(consent, context)) {
            throw refuseWider(client);
        }
        return Optional.of(new Issue(consent, details(request, consent, client)));
    }

    /** What is good for one token is used up by it at once, and stands beside what is granted for longer. */
    private Optional<Issue> grant(ConsentRequest request, ClientSessionContext context) {
        String userSession = context.getClientSession().getUserSession().getId();
        Details details = request.decision().details();
        boolean oneTimeDetails = !details.isEmpty() && types.isOneTime(details);
        Access once = new Access(
                granted(context, request, PermissionCatalogue::isOneTime), oneTimeDetails ? details : Details.NONE);
        Access standing = new Access(
                granted(context, request, scope -> !PermissionCatalogue.isOneTime(scope)),
                oneTimeDetails ? Details.NONE : details);
        Optional<Consent> oneTime = once.isNothing()
                ? Optional.empty()
                : Optional.of(
                        consents.grantOnce(request.parties(), request.id(), once, new TokenSession(userSession, true)));
        oneTime.ifPresent(this::useUp);
        Optional<GrantWish.Change> change = GrantWish.Change.takeFrom(session);
        Optional<Consent> tied;
        if (change.isPresent()) {
            tied = Optional.of(change(change.get(), request, standing, context));
        } else {
            tied = standing.isNothing()
                    ? oneTime
                    : Optional.of(consents.grantOwn(request.parties(), request.id(), standing, userSession));
        }
        return tied.map(consent -> new Issue(
                consent,
                once.details().isEmpty()
                        ? details(request, consent, context.getClientSession().getClient())
                        : TokenDetails.of(request, details),
                without(consent, oneTime.stream().toList())));
    }

    /**
     * The details that a consent's tokens carry: those of one answer, since one is named to the resource server as what
     * the customer saw and approved. It is the newest that granted some; a merge of permissions alone leaves them as
     * they were.
     */
    private TokenDetails details(ConsentRequest newest, Consent consent, ClientModel client) {
        TokenDetails own = granted(newest, consent, client);
        if (consent.details().isEmpty() || !own.details().isEmpty()) {
            return own;
        }
        ConsentRequests requests = ConsentRequests.of(session);
        return consents.answers(consent).stream()
                .flatMap(id -> requests.find(consent.parties().realmId(), id).stream())
                .filter(before -> before.findDecision().isPresent())
                .map(before -> granted(before, consent, client))
                .filter(some -> !some.details().isEmpty())
                .findFirst()
                .orElse(TokenDetails.NONE);
    }

    private TokenDetails granted(ConsentRequest answered, Consent consent, ClientModel client) {
        return TokenDetails.of(
                answered,
                types.within(client, consent.details(), answered.decision().details()));
    }

    private Consent change(
            GrantWish.Change wish, ConsentRequest request, Access granted, ClientSessionContext context) {
        ClientModel client = context.getClientSession().getClient();
        GrantWish.Result result = consents.change(
                wish,
                request.id(),
                granted,
                context.getClientSession().getUserSession().getId());
        if (result instanceof GrantWish.Result.TooManyDetails) {
            throw refuse(
                    client,
                    OAuthErrorException.INVALID_GRANT,
                    "The grant that was to be changed would have more authorization details than it can have");
        }
        if (!(result instanceof GrantWish.Result.Changed changed)) {
            throw refuse(client, OAuthErrorException.INVALID_GRANT, "The grant that was to be changed has ended");
        }
        if (!covers(changed.consent(), context)) {
            throw refuseWider(client);
        }
        return changed.consent();
    }

    private static List<GrantedPermission> granted(
            ClientSessionContext context, ConsentRequest request, Predicate<ClientScopeModel> kind) {
        Set<String> names = request.decision().granted();
        ClaimLimits claims = request.permissions().claims();
        return context.getClientScopesStream()
                .filter(scope -> !(scope instanceof ClientModel) && names.contains(scope.getName()))
                .filter(kind)
                .map(scope -> new GrantedPermission(scope.getId(), scope.getName(), claims.of(scope.getName())))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** From here on it grants this token, and no other. */
    private void useUp(Consent consent) {
        if (!consents.consume(consent)) {
            throw new IllegalStateException("a one-time consent was used up by another call");
        }
    }

    /** Its provider made sure that it stands, and asked for what it grants; the server adds default client scopes. */
    private Optional<Issue> refreshed(TokenPostProcessorContext context, ClientModel client) {
        Optional<Consent> consent = GrantParameters.grantId(context.requestRefreshToken())
                .flatMap(id -> consents.find(client.getRealm().getId(), client.getId(), id));
        if (consent.isPresent() && !covers(consent.get(), context.clientSessionCtx())) {
            throw refuseWider(client);
        }
        return consent.map(standing ->
                new Issue(standing, TokenDetails.of(context.requestRefreshToken(), standing, client, types)));
    }

    private CorsErrorResponseException refuseWider(ClientModel client) {
        return refuse(
                client,
                OAuthErrorException.INVALID_SCOPE,
                "The token would carry a permission that the consent does not grant");
    }

    private CorsErrorResponseException refuse(ClientModel client, String error, String description) {
        session.getTransactionManager().setRollbackOnly();
        return new CorsErrorResponseException(
                Cors.builder().auth().checkAllowedOrigins(session, client),
                error,
                description,
                Response.Status.BAD_REQUEST);
    }

    /** By id, and not by what another consent grants. */
    private static boolean covers(Consent consent, ClientSessionContext context) {
        Set<String> granted = consent.scopeIds();
        return permissions(context).allMatch(scope -> granted.contains(scope.getId()));
    }

    /** What a customer is asked for, of what the token would carry. */
    private static Stream<ClientScopeModel> permissions(ClientSessionContext context) {
        ClientModel client = context.getClientSession().getClient();
        return context.getClientScopesStream().filter(scope -> PermissionCatalogue.isPermission(client, scope));
    }

    /** The tokens of a session that was made for a consent, or of a code: what the customer granted in the browser. */
    private Optional<Issue> ofSession(TokenPostProcessorContext token) {
        ClientSessionContext context = token.clientSessionCtx();
        Optional<Issue> detailed = token.code() == null ? Optional.empty() : detailed(token.code(), context);
        Set<String> wanted = permissions(context).map(ClientScopeModel::getId).collect(Collectors.toSet());
        detailed.map(Issue::consent)
                .filter(Consent::isOneTime)
                .ifPresent(consent -> wanted.removeAll(consent.scopeIds()));
        if (wanted.isEmpty()) {
            return detailed;
        }
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        List<Consent> live = consents.live(parties(clientSession));
        Optional<Consent> oneTime = token.code() == null ? Optional.empty() : useUpOneTime(context, live, wanted);
        oneTime.ifPresent(consent -> wanted.removeAll(consent.scopeIds()));
        TokenDetails details = detailed.map(Issue::details).orElse(TokenDetails.NONE);
        List<Consent> usedUp = Stream.of(detailed.map(Issue::consent).filter(Consent::isOneTime), oneTime)
                .flatMap(Optional::stream)
                .toList();
        return wanted.isEmpty()
                ? oneTime.map(consent -> new Issue(consent, details, without(consent, usedUp)))
                // what was granted on a page of the server itself is not tied
                : ofSession(live, clientSession.getUserSession().getId(), withNamed(wanted, token))
                        .map(consent -> new Issue(consent, details, usedUp))
                        .or(() -> detailed.map(issue ->
                                new Issue(issue.consent(), issue.details(), without(issue.consent(), usedUp))));
    }

    /** And what a refresh token names, which may be more than is asked for this time (RFC 6749, section 6). */
    private static Set<String> withNamed(Set<String> wanted, TokenPostProcessorContext token) {
        if (token.requestRefreshToken() == null) {
            return wanted;
        }
        ClientModel client = token.clientSessionCtx().getClientSession().getClient();
        Set<String> named = Scopes.split(token.requestRefreshToken().getScope());
        return Stream.concat(
                        wanted.stream(),
                        PermissionCatalogue.assigned(client)
                                .filter(scope -> named.contains(scope.getName())
                                        && PermissionCatalogue.isPermission(client, scope)
                                        && !PermissionCatalogue.isOneTime(scope))
                                .map(ClientScopeModel::getId))
                .collect(Collectors.toSet());
    }

    /** What was used up beside the consent that the tokens are tied to. */
    private static List<Consent> without(Consent tied, List<Consent> usedUp) {
        return usedUp.stream().filter(once -> !once.id().equals(tied.id())).toList();
    }

    /**
     * The details of a code: those of the consent that the login left a word of, which has to stand still.
     *
     * @return empty where there are none
     */
    private Optional<Issue> detailed(OAuth2Code code, ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        ClientModel client = clientSession.getClient();
        LoginGrant login = LoginGrant.takeFrom(clientSession, code).orElse(null);
        if (login == null) {
            return Optional.empty();
        }
        Parties parties = parties(clientSession);
        Consent consent = consents.find(client.getRealm().getId(), client.getId(), login.consentId())
                .filter(found -> found.parties().equals(parties))
                .filter(found -> found.isOneTime() ? consents.consume(found) : found.stands(ServerTime.now()))
                .orElseThrow(() -> refuse(client, OAuthErrorException.INVALID_GRANT, "The grant has ended"));
        ConsentRequest request = ConsentRequests.of(session)
                .find(client.getRealm().getId(), login.requestId())
                .filter(answered -> answered.parties().equals(parties))
                .filter(answered -> answered.findDecision().isPresent())
                .orElseThrow(() -> refuse(client, OAuthErrorException.INVALID_GRANT, "The grant has ended"));
        Details granted = types.within(consent.details(), request.decision().details());
        if (granted.isEmpty() || !types.lost(client, granted, request.details()).isEmpty()) {
            throw refuse(client, OAuthErrorException.INVALID_GRANT, "The authorization details are granted no more");
        }
        return Optional.of(new Issue(consent, TokenDetails.of(request, granted)));
    }

    private static Parties parties(AuthenticatedClientSessionModel clientSession) {
        return Parties.of(
                clientSession.getRealm(),
                clientSession.getClient(),
                clientSession.getUserSession().getUser());
    }

    /** Of several answers the oldest: each is good for one code. */
    private Optional<Consent> useUpOneTime(ClientSessionContext context, List<Consent> live, Set<String> wanted) {
        Set<String> once = permissions(context)
                .filter(PermissionCatalogue::isOneTime)
                .map(ClientScopeModel::getId)
                .filter(wanted::contains)
                .collect(Collectors.toSet());
        return once.isEmpty()
                ? Optional.empty()
                : live.stream()
                        .filter(Consent::isOneTime)
                        .filter(consent -> consent.scopeIds().containsAll(once))
                        .filter(consents::consume)
                        .findFirst();
    }

    /** One that grants all of it: its own, where the session was made for one, before that of the browser. */
    private static Optional<Consent> ofSession(List<Consent> live, String userSessionId, Set<String> wanted) {
        TokenSession own = new TokenSession(userSessionId, true);
        Instant now = ServerTime.now();
        List<Consent> granting = live.stream()
                .filter(consent -> consent.stands(now)
                        && !consent.isOneTime()
                        && consent.scopeIds().containsAll(wanted))
                .toList();
        return granting.stream()
                .filter(consent -> consent.session().equals(own))
                .findFirst()
                .or(() -> granting.stream()
                        .filter(consent -> !consent.session().own())
                        .findFirst());
    }

    private static void tie(TokenPostProcessorContext context, Issue issue) {
        Consent consent = issue.consent();
        AccessToken accessToken = context.accessToken();
        if (accessToken != null) {
            accessToken.setOtherClaims(GrantParameters.GRANT_ID, consent.id());
            UsedUpGrants.writeTo(accessToken, issue.usedUp());
            endWith(accessToken, consent, consent.validUntil());
            endWith(accessToken, consent, consent.term().confirmBy());
        }
        // once the consent is confirmed the same refresh token works again
        if (context.refreshToken() != null) {
            context.refreshToken().setOtherClaims(GrantParameters.GRANT_ID, consent.id());
            endWith(context.refreshToken(), consent, consent.validUntil());
        }
    }

    private static void endWith(JsonWebToken token, Consent consent, Instant end) {
        // the one token of a one-time consent lives its own short life
        if (end == null || consent.isOneTime()) {
            return;
        }
        long seconds = end.getEpochSecond();
        // an offline token may have no end of its own
        if (token.getExp() == null || token.getExp() == 0 || token.getExp() > seconds) {
            token.exp(seconds);
        }
    }

    /**
     * What tokens are issued for.
     *
     * @param consent what they are tied to
     * @param details what they carry of it
     * @param usedUp what is good for the access token alone, beside it
     */
    private record Issue(Consent consent, TokenDetails details, List<Consent> usedUp) {

        Issue(Consent consent, TokenDetails details) {
            this(consent, details, List.of());
        }

        List<Consent> consents() {
            return Stream.concat(Stream.of(consent), usedUp.stream()).toList();
        }
    }
}
