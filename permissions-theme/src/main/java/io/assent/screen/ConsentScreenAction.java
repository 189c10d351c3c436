package io.assent.screen;

import io.assent.account.AccountList;
import io.assent.account.Accounts;
import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.authority.Objection.WeakLogin;
import io.assent.browser.PageLoad;
import io.assent.consent.GrantWish;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.link.Link;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions.Selection;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.RecordedDecision;
import io.assent.request.Responder;
import io.assent.screen.link.FormFields;
import io.assent.screen.link.LinkForm;
import io.assent.screen.partner.OtherWay;
import io.assent.signature.DecisionSignature;
import io.assent.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.messages.Messages;

/**
 * Asks the customer in the browser for the permissions and the authorization details (RFC 9396) that a client asks for,
 * before Keycloak's own consent page, which is then left with nothing to ask.
 *
 * <p>Whether there is something to ask is derived anew at each step from the client's request, the consents that stand
 * and what was answered in this login, so that nothing that changes in between is ever granted unasked.
 */
final class ConsentScreenAction implements RequiredActionProvider {

    private static final String PAGE = "consent-permissions.ftl";

    /** Whether the page offers to answer in the app. */
    private static final String OFFERS_APP = "continueInApp";

    /** What the client is told. */
    private static final String USED_UP = "The pushed authorization request was used already";

    private static final String TOO_MANY_DETAILS = "The grant would have more authorization details than it can have";

    private final KeycloakSession session;
    private final ConsentRequests requests;
    private final PermissionCatalogue permissions;
    private final Authority authority;

    ConsentScreenAction(
            KeycloakSession session, ConsentRequests requests, PermissionCatalogue permissions, Authority authority) {
        this.session = session;
        this.requests = requests;
        this.permissions = permissions;
        this.authority = authority;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthorizationInProgress authorization = authorization(context);
        circumstances(context).noteLogin();
        authorization.pushedRequest().restore();
        authorization.withholdDetails();
        authorization.askForClaims();
        if (authorization.hasUnaskableDetails()) {
            throw RefusedAuthorizationException.details(session, context.getAuthenticationSession());
        }
        if (!authorization.needsConsent()) {
            authorization.restore();
            return;
        }
        authorization.followChanges();
        authorization.inOneStep(() -> goOnOrDemand(context, authorization));
    }

    /** With what stands, or by the question. */
    private void goOnOrDemand(RequiredActionContext context, AuthorizationInProgress authorization) {
        authorization.refusedGrant().ifPresent(refused -> {
            throw RefusedAuthorizationException.grant(session, context.getAuthenticationSession(), refused);
        });
        if (ConsentSettings.PROVIDER_ID.equals(
                context.getAuthenticationSession().getClientNote(Constants.KC_ACTION))) {
            // the server passes over an action that the client names itself, and a client must not choose how it is
            // asked
            context.getAuthenticationSession().removeClientNote(Constants.KC_ACTION);
        }
        if (authorization.open().isNothing()) {
            authorization.restore();
            authorization.goOnWithWhatStands();
            if (!authorization.pushedRequest().isOpen()) {
                context.getAuthenticationSession().removeRequiredAction(ConsentSettings.PROVIDER_ID);
            }
        } else if (authorization.isPassive()) {
            throw RefusedAuthorizationException.consentRequired(session, context.getAuthenticationSession());
        } else {
            authorization.narrow();
            context.getAuthenticationSession().addRequiredAction(ConsentSettings.PROVIDER_ID);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AuthorizationInProgress authorization = authorization(context);
        OpenQuestion open = authorization.open();
        if (!authorization.needsConsent() || open.isNothing()) {
            goOnUnasked(context, authorization);
            return;
        }
        Optional<Objection> objection = authority.toApproval(
                authorization.parties(), null, circumstances(context).get(), List.of());
        if (objection.isPresent()) {
            refuse(context, authorization, objection.get());
            return;
        }
        loginAgain(context).forget();
        if (PageLoad.of(context.getHttpRequest()).isSeen()) {
            goOnOrAsk(context, authorization, open);
        } else {
            // asked in earnest once it is seen as a page, or once its form is sent
            authorization.narrow();
            show(context, authorization, open, Optional.empty(), SubmittedForm.UNREADABLE, null);
        }
    }

    /** By what the customer answered in the app, or is about to. */
    private void goOnOrAsk(RequiredActionContext context, AuthorizationInProgress authorization, OpenQuestion open) {
        AppWay app = app(context, authorization, open);
        Optional<ConsentRequest> answered = app.answeredToLogIn();
        if (answered.isPresent()) {
            goOn(context, authorization, answered.get());
            return;
        }
        Optional<Link> link = app.find();
        if (link.isPresent()) {
            follow(context, authorization, open, app.goOn(link.get(), LinkForm.LOOK, context.form()));
        } else {
            ask(context, authorization, open, SubmittedForm.UNREADABLE, null);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        AuthorizationInProgress authorization = authorization(context);
        OpenQuestion open = authorization.open();
        if (!authorization.needsConsent() || open.isNothing()) {
            goOnUnasked(context, authorization);
            return;
        }
        if (authorization.pushedRequest().isUsedUp()) {
            context.failure(USED_UP);
            return;
        }
        SubmittedForm form = SubmittedForm.of(context.getHttpRequest());
        AppWay app = app(context, authorization, open);
        Optional<AppWay.Step> step = step(context, app, form);
        if (step.isPresent()) {
            follow(context, authorization, open, step.get());
            return;
        }
        boolean signed = form.assertion().isPresent();
        // what was signed for a question is an answer to no other, though that one asks the same
        ConsentRequest question = (signed
                        ? question(context).current(open)
                        : question(context).answered(authorization, open))
                .orElse(null);
        if (question == null) {
            ask(
                    context,
                    authorization,
                    open,
                    form,
                    signed ? "consent.screen.error.out-of-date" : "consent.screen.error.changed");
            return;
        }
        switch (form.answer()) {
            case APPROVE -> {
                approve(context, authorization, question, form);
                if (context.getStatus() == RequiredActionContext.Status.SUCCESS) {
                    otherWay(context, authorization).choose(form.partner());
                }
            }
            case DENY -> decide(context, authorization, question, new Decision.Deny(), form);
            case AGAIN -> ask(context, authorization, open, form, null);
            case APP, UNREADABLE -> ask(context, authorization, open, form, Messages.INVALID_REQUEST);
        }
    }

    /**
     * What a form does on the way through the app; empty where it is none of that way's. Where the app was asked, an
     * answer on a page from before is none: it is asked for once more, and the app's does not count any more.
     */
    private static Optional<AppWay.Step> step(RequiredActionContext context, AppWay app, SubmittedForm form) {
        Optional<LinkForm> sent = LinkForm.of(FormFields.of(context.getHttpRequest()));
        Optional<Link> link = app.find();
        if (link.isPresent()) {
            boolean answersHere = sent.isEmpty()
                    && (form.answer() == SubmittedForm.Answer.APPROVE || form.answer() == SubmittedForm.Answer.DENY);
            return Optional.of(
                    answersHere
                            ? app.goBack(link.get(), "consent.screen.error.out-of-date")
                            : app.goOn(link.get(), sent.orElse(LinkForm.LOOK), context.form()));
        }
        if (sent.isPresent()) {
            return Optional.of(app.withoutLink(sent.get(), context.form()));
        }
        return form.answer() == SubmittedForm.Answer.APP && app.isOffered()
                ? Optional.of(app.start(context.form()))
                : Optional.empty();
    }

    private void follow(
            RequiredActionContext context, AuthorizationInProgress authorization, OpenQuestion open, AppWay.Step step) {
        if (step instanceof AppWay.Step.Page page) {
            authorization.narrow();
            context.challenge(page.response());
        } else if (step instanceof AppWay.Step.Answered answered) {
            goOn(context, authorization, answered.request());
        } else if (step instanceof AppWay.Step.Here here) {
            ask(context, authorization, open, SubmittedForm.UNREADABLE, here.error());
        } else {
            authorization.pushedRequest().use();
            context.failure();
        }
    }

    /** Nothing to ask any more, as where another tab was answered; a pushed request is used up by it as well. */
    private static void goOnUnasked(RequiredActionContext context, AuthorizationInProgress authorization) {
        if (refusesGrant(context, authorization)) {
            return;
        }
        if (authorization.pushedRequest().use()) {
            authorization.restore();
            authorization.goOnWithWhatStands();
            context.success();
        } else {
            context.failure(USED_UP);
        }
    }

    private void approve(
            RequiredActionContext context,
            AuthorizationInProgress authorization,
            ConsentRequest question,
            SubmittedForm form) {
        Set<String> chosen = form.chosen();
        boolean selectable = question.permissions().selectable();
        boolean nothingChosen =
                selectable && chosen.isEmpty() && question.details().isEmpty();
        if (nothingChosen && !authorization.granted().asked().isEmpty()) {
            keepWhatWasGranted(context, authorization, question);
            return;
        }
        if (!DetailTypes.of(session).areChoosable(question.details(), form.accounts())) {
            // what a form says is granted as it says, or not at all
            ask(
                    context,
                    authorization,
                    new OpenQuestion(question.permissions(), question.details()),
                    form,
                    "consent.screen.error.accounts");
            return;
        }
        Optional<Set<String>> selection = !selectable && chosen.isEmpty() ? Optional.empty() : Optional.of(chosen);
        Optional<Details> details = question.details().isEmpty()
                ? Optional.empty()
                : Optional.of(DetailTypes.of(session).withAccounts(question.details(), form.accounts()));
        if (details.filter(some -> DetailTypes.isTooLong(some, question.details()))
                .isPresent()) {
            ask(
                    context,
                    authorization,
                    new OpenQuestion(question.permissions(), question.details()),
                    form,
                    "consent.screen.error.too-many-accounts");
            return;
        }
        decide(
                context,
                authorization,
                question,
                new Decision.Approve(selection, details, signature(context, question, form)),
                form);
    }

    /** What it covers is what was sent, and what is shown by now. */
    private Optional<DecisionSignature> signature(
            RequiredActionContext context, ConsentRequest question, SubmittedForm form) {
        return form.assertion().flatMap(sent -> circumstances(context)
                .get()
                .display()
                .of(question.question())
                .map(shown -> new DecisionSignature.Assertion(
                        sent.credentialId(),
                        sent.clientDataJson(),
                        sent.authenticatorData(),
                        sent.signature(),
                        form.covered(question.challenge(), shown.hash()))));
    }

    /** No to all that is new, and on with what was granted before; unless the app said yes meanwhile. */
    private void keepWhatWasGranted(
            RequiredActionContext context, AuthorizationInProgress authorization, ConsentRequest question) {
        DecisionResult result =
                requests.decide(authorization.customer(), question.id(), new Decision.Deny(), responder(context));
        if (result instanceof DecisionResult.AlreadyDecided approved) {
            goOn(context, authorization, approved.request());
            return;
        }
        if (result instanceof DecisionResult.Refused refused) {
            refuse(context, authorization, refused.objection());
            return;
        }
        // the no proves nothing of what stands; where that was taken back meanwhile, there is nothing to go on with
        Optional<String> answer = authorization.answerToWhatStands();
        if (answer.isPresent()) {
            goOn(context, authorization, Set.of(), Details.NONE, answer.get());
        } else {
            authorization.pushedRequest().use();
            context.failure();
        }
    }

    private void decide(
            RequiredActionContext context,
            AuthorizationInProgress authorization,
            ConsentRequest question,
            Decision decision,
            SubmittedForm form) {
        OpenQuestion open = new OpenQuestion(question.permissions(), question.details());
        DecisionResult result = requests.decide(authorization.customer(), question.id(), decision, responder(context));
        if (result instanceof DecisionResult.Decided decided) {
            goOn(context, authorization, decided.request());
        } else if (result instanceof DecisionResult.AlreadyDecided decided) {
            goOn(context, authorization, decided.request());
        } else if (result instanceof DecisionResult.Refused refused) {
            refuse(context, authorization, refused.objection());
        } else {
            ask(context, authorization, open, form, error(result, form));
        }
    }

    private static String error(DecisionResult result, SubmittedForm form) {
        if (result instanceof DecisionResult.InvalidSelection invalid) {
            return error(invalid.refusal().flaw());
        }
        if (result instanceof DecisionResult.InvalidDetails) {
            return "consent.screen.error.accounts";
        }
        if (result instanceof DecisionResult.AccountsUnavailable) {
            return "consent.screen.error.accounts-unavailable";
        }
        if (result instanceof DecisionResult.SignatureRequired) {
            return form.assertion().isPresent()
                    ? "consent.screen.error.user-verification-required"
                    : "consent.screen.error.signature-required";
        }
        if (result instanceof DecisionResult.InvalidSignature) {
            return "consent.screen.error.invalid-signature";
        }
        return result instanceof DecisionResult.ContentChanged
                ? "consent.screen.error.changed"
                // expired, or gone with whatever it belonged to
                : "consent.screen.error.expired";
    }

    /**
     * As it was answered, here or in the bank's app: the answer that was taken first stands. One to the page's own
     * question may have been taken back since it was read; any other is held.
     */
    private void goOn(RequiredActionContext context, AuthorizationInProgress authorization, ConsentRequest answered) {
        Optional<ConsentRequest> held = answered.journey().is(Journey.REDIRECT)
                ? requests.hold(authorization.parties(), answered.id())
                : Optional.of(answered);
        Optional<ConsentRequest> standing = held.filter(
                request -> request.decision().approved() && request.status() != ConsentRequestStatus.WITHDRAWN);
        if (standing.isPresent()) {
            RecordedDecision decision = standing.get().decision();
            goOn(context, authorization, decision.granted(), decision.details(), answered.id());
        } else {
            authorization.pushedRequest().use();
            context.failure();
        }
    }

    private static void goOn(
            RequiredActionContext context,
            AuthorizationInProgress authorization,
            Set<String> granted,
            Details details,
            String requestId) {
        if (refusesGrant(context, authorization)) {
            return;
        }
        if (authorization.wouldHaveTooMany(details)) {
            authorization.pushedRequest().use();
            context.failure(TOO_MANY_DETAILS);
            return;
        }
        if (authorization.pushedRequest().use()) {
            authorization.settle(granted, details, requestId);
            context.success();
        } else {
            context.failure(USED_UP);
        }
    }

    /** Not by this login: by a better one, or else the client is told. */
    private void refuse(RequiredActionContext context, AuthorizationInProgress authorization, Objection objection) {
        LoginAgain again = loginAgain(context);
        if (objection instanceof WeakLogin weak && !again.wasTried()) {
            authorization.restore();
            context.challenge(again.start(weak));
            return;
        }
        authorization.pushedRequest().use();
        if (objection instanceof WeakLogin) {
            context.challenge(RefusedAuthorizationException.unmetAuthenticationRequirements(
                    session, context.getAuthenticationSession()));
        } else {
            context.failure();
        }
    }

    private LoginAgain loginAgain(RequiredActionContext context) {
        return new LoginAgain(session, context.getAuthenticationSession());
    }

    /** The grant that is to be changed may have ended while the customer read. */
    private static boolean refusesGrant(RequiredActionContext context, AuthorizationInProgress authorization) {
        Optional<GrantWish.Refused> refused =
                authorization.needsConsent() ? authorization.refusedGrant() : Optional.empty();
        refused.ifPresent(why -> context.failure(why.description()));
        return refused.isPresent();
    }

    private void ask(
            RequiredActionContext context,
            AuthorizationInProgress authorization,
            OpenQuestion open,
            SubmittedForm form,
            String error) {
        ScreenRequest question = question(context);
        Optional<ConsentRequest> current = question.current(open);
        if (current.flatMap(ConsentRequest::findDecision).isPresent()) {
            goOn(context, authorization, current.get());
            return;
        }
        authorization.narrow();
        Optional<ConsentRequest> asked = current.or(() -> question.ask(authorization, open));
        if (asked.isEmpty()) {
            authorization.pushedRequest().use();
            context.failure();
            return;
        }
        show(context, authorization, open, asked, form, error);
    }

    /** @param question empty where it is not asked in earnest, and so can't be signed yet */
    private void show(
            RequiredActionContext context,
            AuthorizationInProgress authorization,
            OpenQuestion open,
            Optional<ConsentRequest> question,
            SubmittedForm form,
            String error) {
        Texts texts = texts(authorization);
        ConsentScreen screen = ConsentScreen.of(
                session,
                permissions,
                authorization.client(),
                authorization.user(),
                open.permissions(),
                authorization.granted(),
                form.chosen(),
                texts);
        LoginFormsProvider page = context.form();
        if (error != null) {
            page.setError(error);
        }
        PasskeyQuestion signing = question.flatMap(asked -> PasskeyQuestion.of(
                        session,
                        authorization.user(),
                        asked,
                        requests.signature(asked),
                        circumstances(context).get().display()))
                .orElse(null);
        context.challenge(page.setAttribute(
                        ConsentScreen.ATTRIBUTE,
                        withDetails(screen, authorization, open, form, texts)
                                .signedBy(signing)
                                .withOtherWay(otherWay(context, authorization)
                                        .question(form.partner())
                                        .orElse(null)))
                .setAttribute(OFFERS_APP, authorization.canContinueInApp())
                .createForm(PAGE));
    }

    private Texts texts(AuthorizationInProgress authorization) {
        return Texts.of(session, authorization.realm(), session.getContext().resolveLocale(authorization.user()));
    }

    private OtherWay otherWay(RequiredActionContext context, AuthorizationInProgress authorization) {
        return new OtherWay(session, context.getAuthenticationSession(), texts(authorization));
    }

    private ConsentScreen withDetails(
            ConsentScreen screen,
            AuthorizationInProgress authorization,
            OpenQuestion open,
            SubmittedForm form,
            Texts texts) {
        if (open.details().isEmpty()) {
            return screen;
        }
        AccountList accounts = Accounts.of(session).toShow(authorization.realm(), authorization.user());
        DetailTypes types = DetailTypes.of(session);
        return screen.with(
                types.shown(open.details(), texts, () -> accounts),
                types.describeRequest(open.details()),
                form.accounts(),
                texts);
    }

    private static String error(Selection.Flaw flaw) {
        return switch (flaw) {
            case NOT_SAID, NOT_ASKED_FOR, NOT_SELECTABLE -> "consent.screen.error.not-offered";
            case NOTHING_SELECTED -> "consent.screen.error.nothing-selected";
            case REQUIRED_LEFT_OUT -> "consent.screen.error.required-missing";
        };
    }

    /** The user session gets the id of the root authentication session, once the login is through. */
    private Responder responder(RequiredActionContext context) {
        return Responder.page(
                context.getAuthenticationSession().getParentSession().getId(),
                circumstances(context).get());
    }

    private ScreenCircumstances circumstances(RequiredActionContext context) {
        return new ScreenCircumstances(session, context.getAuthenticationSession(), permissions);
    }

    private AuthorizationInProgress authorization(RequiredActionContext context) {
        return new AuthorizationInProgress(session, context.getAuthenticationSession(), permissions);
    }

    private AppWay app(RequiredActionContext context, AuthorizationInProgress authorization, OpenQuestion open) {
        return new AppWay(session, context, authorization, requests, open);
    }

    private ScreenRequest question(RequiredActionContext context) {
        return new ScreenRequest(context.getAuthenticationSession(), requests);
    }

    @Override
    public void close() {}
}
