package io.assent.screen;

import io.assent.asking.SettledPermissions;
import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
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
import io.assent.permission.RequestedPermissions;
import io.assent.permission.Scopes;
import io.assent.permission.change.ChangedPermissions;
import io.assent.screen.link.ContinueInApp;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * A client's authorization request (OpenID Connect Core 1.0, section 3.1.2.1) while its customer logs in: what it asks
 * for, what of it is settled, and what is still to be asked.
 */
final class AuthorizationInProgress {

    /** What the customer granted in this login. */
    private static final String GRANTED = "assent.consent.granted";

    /**
     * The client's whole {@code scope} while the server's own note of it has only what is settled. A note of the
     * client, since those stay when the customer starts the login anew.
     */
    private static final String WISH = "assent.consent.wish";

    /** That the tokens of the grant that this login changes were ended. */
    private static final String RENEWED = "assent.consent.renewed";

    private static final Access NOTHING = Access.to(List.of());

    /** That this login is the one whose wish is kept: a note that goes with the login. */
    private static final String NARROWED = "assent.consent.narrowed";

    private final KeycloakSession session;
    private final AuthenticationSessionModel authSession;
    private final PermissionCatalogue permissions;
    private final LoginDetails details;

    /** What is live between the two, once a step read it that has not changed it since; else {@code null}. */
    private List<Consent> live;

    private boolean inStep;

    AuthorizationInProgress(
            KeycloakSession session, AuthenticationSessionModel authSession, PermissionCatalogue permissions) {
        this.session = session;
        this.authSession = authSession;
        this.permissions = permissions;
        this.details = new LoginDetails(authSession);
    }

    /** What was granted before goes by the names that permissions have now: what is refused now is refused by these. */
    void followChanges() {
        consents()
                .follow(
                        parties(),
                        ChangedPermissions.of(authSession.getRealm()).current(),
                        ChangedPermissions.availableTo(client()));
    }

    /**
     * Has the login ask for the permissions that carry the claims which the client asks for, as if its scope named
     * them. Safe to repeat.
     */
    void askForClaims() {
        String scope = authSession.getClientNote(OAuth2Constants.SCOPE);
        // what is narrowed already knows them
        if (!claims().isEmpty() && wish().isEmpty()) {
            authSession.setClientNote(OAuth2Constants.SCOPE, ClaimedPermissions.withPermissions(scope, claims()));
            AuthenticationManager.setClientScopesInSession(session, authSession);
        }
    }

    /** Which permissions are asked for some of their claims alone. */
    ClaimLimits claims() {
        return ClaimLimits.keptIn(authSession);
    }

    /**
     * Whether the client needs consent, and a browser with the customer before it came from there. Who asks for a
     * permission of the bank, or for authorization details, needs it even where the admin forgot to say so. The device
     * grant (RFC 8628) is not meant: its consent page also says which device it is about, and stays the server's own.
     */
    boolean needsConsent() {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(authSession.getProtocol())
                && !DeviceGrantType.isOAuth2DeviceVerificationFlow(authSession)
                // a password in a token request (RFC 6749, section 4.3) comes with no browser
                && authSession.getRedirectUri() != null
                && settledBefore().needsConsent(scope(), details.areAsked());
    }

    /**
     * Keeps authorization details from the code of this login until they are granted in it, whatever way the browser
     * finds around the question, and whatever a login before left. Of a client that may use none no code can have any.
     */
    void withholdDetails() {
        if (!DetailTypes.allowed(client()).isEmpty()) {
            details.withhold();
        }
    }

    /** Whether it wants authorization details that can't be asked for, or not be given to its code alone. */
    boolean hasUnaskableDetails() {
        return !details.open().isEmpty()
                && (!needsConsent() || !LoginGrant.canBeKeptFor(authSession) || asksForOneTimeBesideWhole());
    }

    private boolean asksForOneTimeBesideWhole() {
        return detailsDescribeRequest()
                && !permissions.oneTime(client(), user(), scope()).isEmpty();
    }

    /** Whether the authorization details say what the whole request is for. */
    boolean detailsDescribeRequest() {
        return DetailTypes.of(session).describeRequest(details.asked());
    }

    /**
     * Leaves to the server no more than what is settled, as long as the question is open: whatever way the browser
     * finds around it, nothing that was not answered can come of it.
     */
    void narrow() {
        String wish = scope();
        Set<String> settled = settled();
        RequestedPermissions requested = requested();
        authSession.setClientNote(WISH, wish);
        authSession.setAuthNote(NARROWED, "true");
        authSession.setClientNote(OAuth2Constants.SCOPE, requested.narrow(wish, settled));
        // default client scopes are not in the note, and are stored as granted where they are here
        authSession.setClientScopes(permissions.idsWithout(
                client(), user(), wish, requested.without(settled).asked()));
    }

    /** Gives the server back what the client asks for, where there is nothing to ask any more. */
    void restore() {
        wish().ifPresent(wish -> {
            forgetWish(authSession);
            authSession.setClientNote(OAuth2Constants.SCOPE, wish);
            AuthenticationManager.setClientScopesInSession(session, authSession);
        });
    }

    /**
     * Gives it back before a login that is started anew, so that what this login demands of the customer is measured by
     * all that the client asks for. No code can come of such a login until it is through, and asked again.
     */
    static void restoreBeforeLogin(AuthenticationSessionModel authSession) {
        String wish = authSession.getClientNote(WISH);
        if (wish != null
                && authSession.getAuthenticatedUser() == null
                && AuthenticationSessionModel.Action.AUTHENTICATE.name().equals(authSession.getAction())) {
            forgetWish(authSession);
            authSession.setClientNote(OAuth2Constants.SCOPE, wish);
        }
    }

    /** None of a login that went by less than the whole: what it demanded of the customer may not do for more. */
    private Optional<String> wish() {
        return Optional.ofNullable(authSession.getAuthNote(NARROWED)).map(narrowed -> authSession.getClientNote(WISH));
    }

    private static void forgetWish(AuthenticationSessionModel authSession) {
        authSession.removeClientNote(WISH);
        authSession.removeAuthNote(NARROWED);
    }

    /** Whether the page offers to answer in the app, which a login tells its scope alone. */
    boolean canContinueInApp() {
        return claims().isEmpty() && ContinueInApp.isOffered(session, realm(), customer());
    }

    PushedRequest pushedRequest() {
        return new PushedRequest(session, authSession);
    }

    /** Whether the client wants an error rather than a page ({@code prompt=none}). */
    boolean isPassive() {
        return TokenUtil.hasPrompt(prompt(), OIDCLoginProtocol.PROMPT_VALUE_NONE)
                // here another identity provider answers such a request, and the server says what came of it
                && !Boolean.parseBoolean(authSession.getAuthNote(AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN));
    }

    /** What the customer is still to be asked for. */
    OpenQuestion open() {
        return new OpenQuestion(requested().without(settled()), details.open());
    }

    /** The permissions in question that the customer granted before, and is not asked for again. */
    RequestedPermissions granted() {
        RequestedPermissions requested = requested();
        return requested.without(requested.without(settled()).asked());
    }

    /** The whole {@code scope} that is asked for, less what the customer already left out. */
    String scope() {
        return Scopes.join(Scopes.split(wish().orElseGet(() -> authSession.getClientNote(OAuth2Constants.SCOPE))));
    }

    RealmModel realm() {
        return authSession.getRealm();
    }

    ClientModel client() {
        return authSession.getClient();
    }

    Customer customer() {
        return Customer.of(realm(), user());
    }

    UserModel user() {
        return authSession.getAuthenticatedUser();
    }

    /**
     * Goes on with what the customer granted, and without the rest of what was open: the code, and so every token that
     * comes of it, is for that alone. It stands from now on, with what was granted before and not asked for now.
     *
     * @param grantedNow the permissions that were granted of those that were {@link #open}
     * @param grantedDetails the authorization details that were granted
     * @param requestId the request that the customer answered, or else the one that what stands came from
     */
    void settle(Set<String> grantedNow, Details grantedDetails, String requestId) {
        inOneStep(() -> settleOn(grantedNow, grantedDetails, requestId));
    }

    private void settleOn(Set<String> grantedNow, Details grantedDetails, String requestId) {
        lookAnew();
        RequestedPermissions requested = requested();
        Set<String> granted = new LinkedHashSet<>(settled());
        granted.addAll(grantedNow);
        granted.retainAll(requested.asked());
        Set<String> standing = staying();
        ClaimLimits before = sharedClaims();
        // a no to claims is none to others that were granted before
        Set<String> refused = requested.without(granted).asked().stream()
                .filter(name -> claims().overlap(name, before))
                .collect(Collectors.toSet());
        standing.removeAll(refused);
        Set<String> carried = carried();
        carried.removeAll(refused);
        authSession.setClientNote(OAuth2Constants.SCOPE, with(carried, requested.narrow(scope(), granted)));
        forgetWish(authSession);
        AuthenticationManager.setClientScopesInSession(session, authSession);

        Set<String> oneTime = permissions.oneTime(client(), user(), scope());
        standing.addAll(granted);
        standing.removeAll(oneTime);
        boolean onceForAll =
                !grantedDetails.isEmpty() && DetailTypes.of(session).isOneTime(grantedDetails);
        Details standingDetails = onceForAll ? Details.NONE : grantedDetails;
        Set<String> answered = new LinkedHashSet<>(grantedNow);
        answered.removeAll(oneTime);
        Optional<Consent> shared = grant(
                new Access(granted(standing, limits(standing, granted)), with(standingDetails)),
                new Access(granted(answered, claims()), standingDetails),
                requestId);
        oneTime.retainAll(grantedNow);
        Optional<Consent> once = grantOnce(
                new Access(granted(oneTime, claims()), onceForAll ? grantedDetails : Details.NONE), requestId);
        if (!grantedDetails.isEmpty()) {
            (onceForAll ? once : shared)
                    .map(consent -> new LoginGrant(consent.id(), requestId))
                    .ifPresent(details::grant);
        }
        granted.addAll(carried);
        authSession.setAuthNote(GRANTED, Scopes.join(granted));
        // what the customer left out is not asked for any more
        claims().only(granted).keepIn(authSession);
        endTokensOfChangedGrant();
        forgetPromptForConsent();
    }

    /** For the code of this login. */
    private Optional<Consent> grantOnce(Access oneTime, String requestId) {
        TokenSession login = new TokenSession(authSession.getParentSession().getId(), false);
        if (oneTime.isNothing()) {
            return Optional.empty();
        }
        live = null;
        return Optional.of(consents().grantOnce(parties(), requestId, oneTime, login));
    }

    /**
     * The details that stand once some are granted: in place of those from before, unless the client wants them beside
     * those; and as they were where none are granted.
     */
    private Details with(Details granted) {
        if (granted.isEmpty()) {
            return stayingDetails();
        }
        return wants(GrantWish.Action.MERGE) ? DetailTypes.of(session).merged(stayingDetails(), granted) : granted;
    }

    /** Whether the grant would have more authorization details than it can have, with what was granted. */
    boolean wouldHaveTooMany(Details granted) {
        return !granted.isEmpty() && with(granted).areTooManyToKeep();
    }

    /** The request by whose answer the newest consent that stands was granted; empty where none does. */
    Optional<String> answerToWhatStands() {
        return standingConsents().stream()
                .filter(consent -> !consent.isOneTime())
                .reduce((older, newer) -> newer)
                .map(Consent::requestId);
    }

    /** Goes on where nothing is left to ask: what was granted by other ways stands for this one, too. */
    void goOnWithWhatStands() {
        inOneStep(this::goOn);
    }

    private void goOn() {
        if (widened().isPresent()) {
            // what was taken back by now is not granted again
            lookAnew();
            widened().ifPresent(all -> answerToWhatStands().ifPresent(answer -> grant(all, NOTHING, answer)));
        }
        Set<String> carried = carried();
        if (!carried.isEmpty()) {
            authSession.setClientNote(OAuth2Constants.SCOPE, with(carried, scope()));
            AuthenticationManager.setClientScopesInSession(session, authSession);
            Set<String> granted = new LinkedHashSet<>(Scopes.split(authSession.getAuthNote(GRANTED)));
            granted.addAll(carried);
            authSession.setAuthNote(GRANTED, Scopes.join(granted));
        }
        endTokensOfChangedGrant();
    }

    /** All that is granted once what stands by other ways stands for the login as well; empty where it does. */
    private Optional<Access> widened() {
        Set<String> settled = new HashSet<>(requested().asked());
        // what was granted in this login may have been taken back since, and does not come back by going on
        settled.retainAll(standing());
        Set<String> standing = staying();
        standing.addAll(settled);
        // what was granted in this login took the place of what stood before
        Details standingDetails = authSession.getAuthNote(GRANTED) == null ? stayingDetails() : sharedDetails();
        ClaimLimits limits = limits(standing, settled);
        boolean same = standing.equals(sharedBefore())
                && limits.equals(sharedClaims().only(standing))
                && standingDetails.equals(sharedDetails());
        return same ? Optional.empty() : Optional.of(new Access(granted(standing, limits), standingDetails));
    }

    /** From here on nobody else changes what stands between the two. */
    private void lookAnew() {
        consents().lock(parties());
        live = null;
    }

    /** Why the client can't have what it wants of its grants. */
    Optional<GrantWish.Refused> refusedGrant() {
        GrantWish wish = grantWish();
        if (wish instanceof GrantWish.Change change) {
            return change.refusal(details.open(), DetailTypes.of(session));
        }
        return wish instanceof GrantWish.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    /** What is for one purpose takes the place of what was granted before, where the client does not say otherwise. */
    private GrantWish grantWish() {
        GrantWish sent =
                consents().wish(parties(), GrantParameters.keptIn(authSession)).inTheBrowser();
        if (!detailsDescribeRequest()) {
            return sent;
        }
        if (sent instanceof GrantWish.Change change && change.action() == GrantWish.Action.MERGE) {
            return GrantWish.Refused.forOnePurpose();
        }
        return sent instanceof GrantWish.New
                ? shared().<GrantWish>map(before -> new GrantWish.Change(GrantWish.Action.REPLACE, before))
                        .orElse(sent)
                : sent;
    }

    private boolean wants(GrantWish.Action action) {
        return grantWish() instanceof GrantWish.Change change && change.action() == action;
    }

    /** What was granted before and stays, whatever is granted now. */
    private Set<String> staying() {
        return wants(GrantWish.Action.REPLACE) ? new LinkedHashSet<>() : sharedBefore();
    }

    /** The authorization details that were granted before and stay, whatever is granted now. */
    private Details stayingDetails() {
        return wants(GrantWish.Action.REPLACE) ? Details.NONE : sharedDetails();
    }

    /** What the tokens get beside what is asked for: all of a grant that is added to, whose tokens from before end. */
    private Set<String> carried() {
        if (!wants(GrantWish.Action.MERGE)) {
            return new LinkedHashSet<>();
        }
        Set<String> carried = sharedBefore();
        carried.removeAll(permissions.oneTime(client(), user(), Scopes.join(carried)));
        return carried;
    }

    private static String with(Set<String> carried, String scope) {
        Set<String> all = new LinkedHashSet<>(Scopes.split(scope));
        all.addAll(carried);
        return Scopes.join(all);
    }

    /** In this login by the time at which the client's session in it begins: the server refuses what is older. */
    private void endTokensOfChangedGrant() {
        if (grantWish() instanceof GrantWish.Change change && authSession.getAuthNote(RENEWED) == null) {
            authSession.setAuthNote(RENEWED, "true");
            authSession.setClientNote(
                    AuthenticatedClientSessionModel.STARTED_AT_NOTE,
                    String.valueOf(ServerTime.now().getEpochSecond()));
            consents().renew(change.consent(), authSession.getParentSession().getId());
        }
    }

    private Set<String> sharedBefore() {
        return shared().map(consent -> settledBefore().current(consent.permissions()))
                .orElseGet(LinkedHashSet::new);
    }

    private ClaimLimits sharedClaims() {
        return shared().map(Consent::claims).orElse(ClaimLimits.NONE);
    }

    private Details sharedDetails() {
        return shared().map(Consent::details).orElse(Details.NONE);
    }

    private Optional<Consent> shared() {
        return Consents.shared(liveConsents()).filter(consent -> consent.stands(ServerTime.now()));
    }

    private List<Consent> standingConsents() {
        return Consents.standing(liveConsents(), ServerTime.now());
    }

    private List<Consent> liveConsents() {
        if (!inStep) {
            return consents().live(parties());
        }
        if (live == null) {
            live = consents().live(parties());
        }
        return live;
    }

    /**
     * Reads the consents once for a step, or a step within it, until that changes them. An answer before it, or after
     * it, may change them too.
     */
    void inOneStep(Runnable step) {
        boolean within = inStep;
        inStep = true;
        try {
            step.run();
        } finally {
            inStep = within;
            live = within ? live : null;
        }
    }

    /** @param answered what of it the customer was asked for now */
    private Optional<Consent> grant(Access all, Access answered, String requestId) {
        if (all.isNothing()) {
            return Optional.empty();
        }
        live = null;
        return Optional.of(consents()
                .grantShared(
                        parties(),
                        requestId,
                        all,
                        answered,
                        authSession.getParentSession().getId()));
    }

    private List<GrantedPermission> granted(Set<String> names, ClaimLimits limits) {
        Map<String, String> ids = settledBefore().scopeIds(names);
        return names.stream()
                .filter(ids::containsKey)
                .map(name -> new GrantedPermission(ids.get(name), name, limits.of(name)))
                .toList();
    }

    /**
     * For which of their claims permissions are granted.
     *
     * @param settled those that are granted as they are asked for now; the others stay as they were
     */
    private ClaimLimits limits(Set<String> names, Set<String> settled) {
        ClaimLimits asked = claims();
        ClaimLimits before = sharedClaims();
        Set<String> staying = staying();
        Map<String, ClaimSet> limits = new LinkedHashMap<>();
        names.stream().filter(ClaimedPermissions::isOfTheGroup).forEach(name -> {
            Optional<ClaimSet> added =
                    settled.contains(name) ? ClaimLimits.both(asked.of(name), before.of(name)) : before.of(name);
            (staying.contains(name) ? added : asked.of(name)).ifPresent(limit -> limits.put(name, limit));
        });
        return new ClaimLimits(limits);
    }

    private RequestedPermissions requested() {
        return settledBefore().requested(scope()).limitedTo(claims());
    }

    private Set<String> settled() {
        Set<String> settled = new HashSet<>(Scopes.split(authSession.getAuthNote(GRANTED)));
        if (!SettledPermissions.asksAgain(realm(), prompt())) {
            settled.addAll(standing());
        }
        return settled;
    }

    private Set<String> standing() {
        return settledBefore().standing(scope(), claims(), standingConsents());
    }

    private SettledPermissions settledBefore() {
        return new SettledPermissions(session, permissions, realm(), client(), user());
    }

    Parties parties() {
        return Parties.of(realm(), client(), user());
    }

    private Consents consents() {
        return Consents.of(session);
    }

    /** The server's own consent page follows the same prompt, and would ask once more for what was just granted. */
    private void forgetPromptForConsent() {
        Set<String> prompts = new LinkedHashSet<>(Scopes.split(prompt()));
        if (prompts.remove(OIDCLoginProtocol.PROMPT_VALUE_CONSENT)) {
            authSession.setClientNote(OIDCLoginProtocol.PROMPT_PARAM, Scopes.join(prompts));
        }
    }

    private String prompt() {
        return authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM);
    }
}
