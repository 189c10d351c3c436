package io.assent.screen.link;

import io.assent.asking.SettledPermissions;
import io.assent.browser.BrowserCookie;
import io.assent.browser.LinkUris;
import io.assent.detail.DetailParameters;
import io.assent.handoff.Answer;
import io.assent.handoff.Handoff;
import io.assent.link.EnterResult;
import io.assent.link.Link;
import io.assent.link.Links;
import io.assent.link.Login;
import io.assent.link.Opened;
import io.assent.link.Origin;
import io.assent.link.Wish;
import io.assent.permission.RequestingClient;
import io.assent.permission.Scopes;
import io.assent.qr.QrCode;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The link of one login in the browser that calls. Found again by the browser and by what the client asks for, so that
 * it is the same one after the server lost the login and began it anew.
 */
public final class LoginLink {

    private static final String PAGE = "consent-app-link.ftl";

    private final KeycloakSession session;
    private final AuthenticationSessionModel authSession;
    private final String scope;
    private final URI page;
    private final Links links;

    private LoginLink(KeycloakSession session, AuthenticationSessionModel authSession, String scope, URI page) {
        this.session = session;
        this.authSession = authSession;
        this.scope = scope;
        this.page = page;
        this.links = Links.of(session);
    }

    /**
     * @param scope the whole scope that the client asks for, also where the session was narrowed since
     * @param page where the form of the login's page is sent, which is also where the app brings the browser back to
     */
    public static LoginLink of(
            KeycloakSession session, AuthenticationSessionModel authSession, String scope, URI page) {
        return new LoginLink(session, authSession, Scopes.join(Scopes.split(scope)), page);
    }

    /** The one that is there: not used, and with time left. */
    public Optional<Link> find() {
        return BrowserCookie.of(session).find().flatMap(browser -> links.find(Login.of(authSession, scope, browser)));
    }

    /** The same as a page has it, or a new one; empty where too many are opened. */
    public Optional<Opened> open() {
        return links.open(
                Login.of(authSession, scope, BrowserCookie.of(session).findOrNew()),
                new Wish(scope, DetailParameters.keptIn(authSession), asksAgain()),
                Origin.of(session, authSession.getRedirectUri()),
                page);
    }

    /** A link that was just looked at, as a page has it. */
    public Opened show(Link link) {
        return links.show(link, BrowserCookie.of(session).findOrNew(), page);
    }

    private boolean asksAgain() {
        return SettledPermissions.asksAgain(
                authSession.getRealm(), authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM));
    }

    /**
     * Does what a form wants of the link itself, and reads anew how it stands then; one that came to nothing is left.
     */
    public Looked look(Link link, LinkForm form) {
        Notice notice = Notice.NONE;
        switch (form.wanted()) {
            case ENTER -> notice = enter(link, form).orElse(Notice.NONE);
            // as long as the login itself can wait
            case MORE_TIME -> links.prolong(link, loginEnds());
            default -> {}
        }
        Link current = links.find(link.realmId(), link.id()).orElse(link);
        Answer answer = Handoff.of(session).answer(current);
        if (answer instanceof Answer.Denied || answer instanceof Answer.Over) {
            leave(current);
        }
        return new Looked(current, answer, notice);
    }

    /**
     * A link as it stands now.
     *
     * @param notice what the page has to say
     */
    public record Looked(Link link, Answer answer, Notice notice) {}

    /** As the server counts it (see {@code ClientSessionCode}): each step begins the time anew. */
    private Instant loginEnds() {
        RealmModel realm = authSession.getRealm();
        boolean loggingIn =
                AuthenticationSessionModel.Action.AUTHENTICATE.name().equals(authSession.getAction());
        int seconds = loggingIn && realm.getAccessCodeLifespanLogin() > 0
                ? realm.getAccessCodeLifespanLogin()
                : realm.getAccessCodeLifespanUserAction();
        return ServerTime.now().plusSeconds(seconds);
    }

    /** Takes the digits that were typed. @return what the page has to say; empty where the login goes on, or is over */
    private Optional<Notice> enter(Link link, LinkForm form) {
        if (form.digits().isEmpty()) {
            return Optional.of(Notice.NOT_SIX_DIGITS);
        }
        return Handoff.of(session).enter(link, form.digits().get()) instanceof EnterResult.Wrong wrong
                ? Optional.of(Notice.wrongDigits(wrong.triesLeft()))
                : Optional.empty();
    }

    /** Goes on by it. @return whether this call does; it is done once */
    public boolean use(Link link) {
        return Handoff.of(session).use(link);
    }

    /** Goes on by another way, or not at all: nobody is asked any more. */
    public void leave(Link link) {
        Handoff.of(session).leave(link);
    }

    /**
     * The page of a link.
     *
     * @param form of the login
     * @param answersHere whether the customer can answer in the browser instead
     */
    public Response page(LoginFormsProvider form, Opened opened, boolean answersHere, Notice notice) {
        Link link = opened.link();
        Texts texts = texts();
        LinkUris uris = LinkUris.of(session);
        String url = opened.secret().map(secret -> uris.link(secret).toString()).orElse(null);
        return form.setAttribute(
                        LinkPage.ATTRIBUTE,
                        new LinkPage(
                                link.state(ServerTime.now()).word(),
                                RequestingClient.of(session, authSession.getClient(), texts),
                                link.origin().domain(),
                                url,
                                qr(url, texts),
                                opened.watch(),
                                uris.waits(),
                                Math.max(
                                        0,
                                        Duration.between(ServerTime.now(), link.expiresAt())
                                                .toSeconds()),
                                link.findRequestId().isPresent()
                                                && link.findClaim().isEmpty()
                                        ? link.number()
                                        : null,
                                Phone.isCaller(
                                        session.getContext().getHttpRequest().getHttpHeaders()),
                                answersHere,
                                notice.error(),
                                notice.triesLeft()))
                .createForm(PAGE);
    }

    /** The page where there is no link any more. */
    public Response pageOfNone(LoginFormsProvider form, boolean answersHere, Notice notice) {
        return pageWithout(form, Link.State.OVER.word(), answersHere, notice);
    }

    /** The page where there is none yet, since nobody sees it: seen, it opens one by its form. */
    public Response pageUnopened(LoginFormsProvider form) {
        return pageWithout(form, LinkPage.UNOPENED, false, Notice.NONE);
    }

    /** The page where there is none, since too many are opened: the customer tries again, and no script does. */
    public Response pageOfTooMany(LoginFormsProvider form) {
        return pageWithout(form, LinkPage.UNOPENED, false, Notice.TOO_MANY);
    }

    private Response pageWithout(LoginFormsProvider form, String state, boolean answersHere, Notice notice) {
        return form.setAttribute(
                        LinkPage.ATTRIBUTE,
                        new LinkPage(
                                state,
                                RequestingClient.of(session, authSession.getClient(), texts()),
                                "",
                                null,
                                null,
                                null,
                                null,
                                0,
                                null,
                                false,
                                answersHere,
                                notice.error(),
                                null))
                .createForm(PAGE);
    }

    private Texts texts() {
        return Texts.of(
                session,
                authSession.getRealm(),
                session.getContext().resolveLocale(authSession.getAuthenticatedUser()));
    }

    private static String qr(String url, Texts texts) {
        return url == null
                ? null
                : QrCode.find(url, texts.expect("consent.link.qr").orElse(url)).orElse(null);
    }
}
