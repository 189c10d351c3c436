package io.assent.screen;

import io.assent.handoff.Answer;
import io.assent.handoff.Handoff;
import io.assent.link.Link;
import io.assent.link.Opened;
import io.assent.request.AskResult;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequests;
import io.assent.screen.link.AppAnswer;
import io.assent.screen.link.LinkForm;
import io.assent.screen.link.LoginLink;
import io.assent.screen.link.LoginLink.Looked;
import io.assent.screen.link.Notice;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The second way to answer the question of the consent screen: in the bank's app, to which a page leads. */
final class AppWay {

    private final KeycloakSession session;
    private final AuthenticationSessionModel authSession;
    private final AuthorizationInProgress authorization;
    private final ConsentRequests requests;
    private final OpenQuestion open;
    private final LoginLink login;

    AppWay(
            KeycloakSession session,
            RequiredActionContext context,
            AuthorizationInProgress authorization,
            ConsentRequests requests,
            OpenQuestion open) {
        this.session = session;
        this.authSession = context.getAuthenticationSession();
        this.authorization = authorization;
        this.requests = requests;
        this.open = open;
        this.login = LoginLink.of(session, authSession, authorization.scope(), context.getActionUrl());
    }

    /** What came of a step on this way. */
    sealed interface Step {

        /** The page is to be shown. */
        record Page(Response response) implements Step {}

        /** The login goes on by the answer, be it a yes or a no. */
        record Answered(ConsentRequest request) implements Step {}

        /** The customer said no, or goes back without an answer. */
        record Cancelled() implements Step {}

        /** The customer answers in the browser. @param error the key of a message, or {@code null} */
        record Here(String error) implements Step {}
    }

    boolean isOffered() {
        return authorization.canContinueInApp();
    }

    /** The answer by which the customer logged in, where it is one to just what is open, and stands: to go on by. */
    Optional<ConsentRequest> answeredToLogIn() {
        return AppAnswer.hold(authSession, requests, authorization.parties()).filter(open::isThatOf);
    }

    /** The link of this login by which the app was asked just what is open; one that asks anything else is left. */
    Optional<Link> find() {
        Optional<Link> found = login.find();
        Optional<Link> asked =
                found.filter(link -> asked(link).filter(open::isThatOf).isPresent());
        if (asked.isEmpty()) {
            found.filter(link -> link.findRequestId().isPresent()).ifPresent(this::leave);
        }
        return asked;
    }

    /** Before the customer answers here, in the same transaction: so the lock of that answer comes first. */
    private void leave(Link link) {
        requests.lock(authorization.parties());
        login.leave(link);
    }

    /** Asks in the app, unless the page's own question was answered there meanwhile. */
    Step start(LoginFormsProvider form) {
        Optional<ConsentRequest> onThePage = new ScreenRequest(authSession, requests).current(open);
        if (onThePage.flatMap(ConsentRequest::findDecision).isPresent()) {
            return new Step.Answered(onThePage.get());
        }
        // what is asked in the app is not asked on the screen as well, where no number would be needed
        onThePage.ifPresent(requests::drop);
        return login.open().map(opened -> ask(opened.link(), form)).orElseGet(AppWay::notAsked);
    }

    private Step ask(Link link, LoginFormsProvider form) {
        AskResult result = Handoff.of(session)
                .ask(
                        link,
                        authorization.parties(),
                        new Content(authorization.scope(), open.permissions(), open.details(), null, List.of()));
        if (result instanceof AskResult.Asked) {
            return login.open().map(opened -> page(form, opened, Notice.NONE)).orElseGet(() -> over(form));
        }
        login.leave(link);
        return notAsked();
    }

    private static Step notAsked() {
        return new Step.Here("consent.link.error.not-asked");
    }

    /** Goes on by the link, as it stands now. */
    Step goOn(Link link, LinkForm sent, LoginFormsProvider form) {
        return switch (sent.wanted()) {
            case CANCEL -> {
                login.leave(link);
                yield new Step.Cancelled();
            }
            case ANSWER_HERE -> goBack(link, null);
            case ENTER, MORE_TIME, LOOK, NEW_CODE -> goOn(login.look(link, sent), form);
        };
    }

    private Step goOn(Looked looked, LoginFormsProvider form) {
        if (looked.answer() instanceof Answer.Approved approved && approved.goesOn()) {
            return login.use(looked.link()) ? new Step.Answered(approved.request()) : over(form);
        }
        if (looked.answer() instanceof Answer.Denied) {
            return new Step.Cancelled();
        }
        return looked.answer() instanceof Answer.Over
                ? over(form)
                : page(form, login.show(looked.link()), looked.notice());
    }

    /** Back to the consent screen, where the customer answers. @param error the key of a message, or {@code null} */
    Step goBack(Link link, String error) {
        leave(link);
        return new Step.Here(error);
    }

    /** What is to be done where there is no link any more. */
    Step withoutLink(LinkForm sent, LoginFormsProvider form) {
        return switch (sent.wanted()) {
            case CANCEL -> new Step.Cancelled();
            case ANSWER_HERE -> new Step.Here(null);
            case NEW_CODE -> isOffered() ? start(form) : new Step.Here(null);
            case LOOK, ENTER, MORE_TIME -> over(form);
        };
    }

    private Optional<ConsentRequest> asked(Link link) {
        return link.findRequestId().flatMap(id -> requests.find(authorization.customer(), id));
    }

    private Step page(LoginFormsProvider form, Opened opened, Notice notice) {
        return new Step.Page(login.page(form, opened, true, notice));
    }

    private Step over(LoginFormsProvider form) {
        return new Step.Page(login.pageOfNone(form, true, Notice.NONE));
    }
}
