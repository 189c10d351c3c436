package io.assent.login;

import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.authority.Objection.Reason;
import io.assent.browser.PageLoad;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.evidence.Evidence;
import io.assent.handoff.Answer;
import io.assent.link.Link;
import io.assent.link.Opened;
import io.assent.request.ConsentRequest;
import io.assent.screen.link.AppAnswer;
import io.assent.screen.link.AppLogin;
import io.assent.screen.link.FormFields;
import io.assent.screen.link.LinkForm;
import io.assent.screen.link.LoginLink;
import io.assent.screen.link.LoginLink.Looked;
import io.assent.screen.link.Notice;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/**
 * Shows the page by which a login goes on in the bank's app, until the customer answered there. What the page says is
 * never believed: each step reads anew how the link stands.
 */
final class ConsentAppAuthenticator implements Authenticator {

    private final KeycloakSession session;
    private final Authority authority;

    ConsentAppAuthenticator(KeycloakSession session, Authority authority) {
        this.session = session;
        this.authority = authority;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        if (!isSupported(authSession)) {
            context.attempted();
        } else if (isPassive(authSession)) {
            // no page is shown to such a client, whatever this one says: it is told that the customer has to log in
            context.challenge(Response.status(Response.Status.UNAUTHORIZED).build());
        } else if (!PageLoad.of(context.getHttpRequest()).isSeen()) {
            // opened once it is seen as a page, by the form that it then sends
            context.challenge(link(context).pageUnopened(context.form()));
        } else {
            LoginLink link = link(context);
            begin(context, link, link.find());
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        LinkForm form = LinkForm.of(FormFields.of(context.getHttpRequest())).orElse(LinkForm.LOOK);
        LoginLink link = link(context);
        Optional<Link> found = link.find();
        switch (form.wanted()) {
            case CANCEL -> {
                found.ifPresent(link::leave);
                context.cancelLogin();
            }
            case NEW_CODE -> begin(context, link, found);
            default ->
                found.ifPresentOrElse(
                        there -> goOn(context, link, there, form),
                        () -> context.challenge(link.pageOfNone(context.form(), false, Notice.NONE)));
        }
    }

    private void begin(AuthenticationFlowContext context, LoginLink login, Optional<Link> found) {
        found.or(() -> login.open().map(Opened::link))
                .ifPresentOrElse(
                        link -> goOn(context, login, link, LinkForm.LOOK),
                        () -> context.challenge(login.pageOfTooMany(context.form())));
    }

    private void goOn(AuthenticationFlowContext context, LoginLink login, Link link, LinkForm form) {
        Looked looked = login.look(link, form);
        if (looked.answer() instanceof Answer.Approved approved && approved.goesOn()) {
            logIn(context, login, looked.link(), approved.request());
        } else if (looked.answer() instanceof Answer.Denied) {
            context.cancelLogin();
        } else if (looked.answer() instanceof Answer.Over) {
            context.challenge(login.pageOfNone(context.form(), false, Notice.NONE));
        } else {
            context.challenge(login.page(context.form(), login.show(looked.link()), false, looked.notice()));
        }
    }

    private void logIn(AuthenticationFlowContext context, LoginLink login, Link link, ConsentRequest answered) {
        RealmModel realm = context.getRealm();
        UserModel customer =
                session.users().getUserById(realm, answered.parties().userId());
        if (customer == null) {
            login.leave(link);
            context.cancelLogin();
            return;
        }
        Optional<AuthenticationFlowError> refusal = refusal(context, customer, answered);
        if (refusal.isPresent()) {
            login.leave(link);
            context.failure(refusal.get());
            return;
        }
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        AppLogin appLogin = AppLogin.of(realm, answered.decision().evidence());
        if (appLogin.isTooOldFor(authSession)) {
            login.leave(link);
            context.challenge(login.pageOfNone(context.form(), false, Notice.OLD_LOGIN));
        } else if (login.use(link)) {
            forgetWhoTried(context);
            context.setUser(customer);
            appLogin.note(session, authSession);
            AppAnswer.keep(authSession, answered);
            context.getEvent().detail(Details.CREDENTIAL_TYPE, ConsentAppAuthenticatorFactory.PROVIDER_ID);
            context.success();
        } else {
            context.challenge(login.pageOfNone(context.form(), false, Notice.NONE));
        }
    }

    /** Nobody is who a form before this one asked for in vain, nor chose there how long to stay. */
    private static void forgetWhoTried(AuthenticationFlowContext context) {
        if (context.getUser() == null) {
            AuthenticationSessionModel authSession = context.getAuthenticationSession();
            authSession.removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
            authSession.removeAuthNote(Details.REMEMBER_ME);
            context.getEvent().detail(Details.REMEMBER_ME, "false");
        }
    }

    /**
     * Why the customer may not log in. Whether the login is good enough for what was granted is not asked here: it is
     * where that is given to the client.
     */
    private Optional<AuthenticationFlowError> refusal(
            AuthenticationFlowContext context, UserModel customer, ConsentRequest answered) {
        if (context.getUser() != null && !context.getUser().getId().equals(customer.getId())) {
            return Optional.of(AuthenticationFlowError.USER_CONFLICT);
        }
        Evidence evidence = answered.decision().evidence();
        if (!isAlive(context.getRealm(), customer, evidence.sessionId())) {
            return Optional.of(AuthenticationFlowError.INVALID_USER);
        }
        return authority
                .toApproval(
                        answered.parties(),
                        evidence.clientId(),
                        new Circumstances(
                                Presence.CUSTOMER,
                                evidence.acr(),
                                evidence.authTime(),
                                evidence.address(),
                                question -> Optional.empty()),
                        List.of())
                .filter(Objection.Refused.class::isInstance)
                .map(objection -> ((Objection.Refused) objection).reason())
                .map(reason -> reason == Reason.LOCKED_OUT
                        ? AuthenticationFlowError.USER_TEMPORARILY_DISABLED
                        : AuthenticationFlowError.USER_DISABLED);
    }

    /** Whoever ended the session of the app wants nothing to come of it any more. */
    private boolean isAlive(RealmModel realm, UserModel customer, String sessionId) {
        UserSessionModel app = sessionId == null ? null : session.sessions().getUserSession(realm, sessionId);
        return app != null
                && app.getUser().getId().equals(customer.getId())
                && AuthenticationManager.isSessionValid(realm, app)
                && app.getStarted()
                        >= Math.max(realm.getNotBefore(), session.users().getNotBeforeOfUser(realm, customer));
    }

    /** Where a browser can be sent back, and the page says all that the customer has to know. */
    private static boolean isSupported(AuthenticationSessionModel authSession) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(authSession.getProtocol())
                && authSession.getRedirectUri() != null
                && !DeviceGrantType.isOAuth2DeviceVerificationFlow(authSession);
    }

    private static boolean isPassive(AuthenticationSessionModel authSession) {
        return TokenUtil.hasPrompt(
                authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM), OIDCLoginProtocol.PROMPT_VALUE_NONE);
    }

    private LoginLink link(AuthenticationFlowContext context) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        return LoginLink.of(
                session,
                authSession,
                authSession.getClientNote(OAuth2Constants.SCOPE),
                context.getActionUrl(context.generateAccessCode()));
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
