package io.assent.screen.partner;

import io.assent.evidence.Circumstances.Presence;
import io.assent.partner.ConnectResult;
import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.Partners;
import io.assent.partner.provider.LoginWish;
import io.assent.partner.provider.PartnerTokens;
import io.assent.partner.revocation.Origin;
import io.assent.partner.revocation.Revocations;
import io.assent.permission.RequestingClient;
import io.assent.screen.link.FormFields;
import io.assent.server.Customer;
import io.assent.server.OperatorLog;
import io.assent.server.Parties;
import io.assent.text.Texts;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionContext.KcActionStatus;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.messages.Messages;

/**
 * Takes the browser to a partner, where the customer lets the bank see what was chosen, and back. Where nothing comes
 * of it a page says what stands, and the customer tries again or goes on without.
 */
final class ConnectPartnerAction implements RequiredActionProvider {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(ConnectPartnerAction.class));

    private static final String PAGE = "consent-partner.ftl";

    /** The page's field, and what it says. */
    private static final String ANSWER = "partner-answer";

    private static final String AGAIN = "again";

    private final KeycloakSession session;

    ConnectPartnerAction(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {}

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Journey journey = journey(context);
        Optional<PartnerAccess> wish = wish(context, journey);
        if (wish.isEmpty()) {
            done(context, journey);
        } else if (journey.hasBegun()) {
            // the browser came back by itself
            show(context, journey, wish.get(), "consent.partner.why.not-yet");
        } else {
            begin(context, journey, wish.get());
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        Journey journey = journey(context);
        Optional<KcActionStatus> result = journey.takeResult();
        if (result.equals(Optional.of(KcActionStatus.SUCCESS))) {
            connect(context, journey);
            return;
        }
        Optional<PartnerAccess> wish = wish(context, journey);
        if (wish.isEmpty()) {
            done(context, journey);
        } else if (result.isPresent()) {
            show(
                    context,
                    journey,
                    wish.get(),
                    result.get() == KcActionStatus.CANCELLED ? "consent.partner.why.refused" : why(journey.error()));
        } else if (isAgain(context)) {
            begin(context, journey, wish.get());
        } else {
            Partners.of(session).forget(wish.get());
            done(context, journey);
        }
    }

    private static void done(RequiredActionContext context, Journey journey) {
        journey.end();
        context.success();
    }

    private static boolean isAgain(RequiredActionContext context) {
        return FormFields.of(context.getHttpRequest())
                .getOrDefault(ANSWER, List.of())
                .equals(List.of(AGAIN));
    }

    private void begin(RequiredActionContext context, Journey journey, PartnerAccess wish) {
        try {
            context.challenge(journey.begin(wish));
        } catch (WebApplicationException notBegun) {
            show(context, journey, wish, "consent.partner.why.failed");
        }
    }

    private static String why(String error) {
        if (error.contains(Messages.IDENTITY_PROVIDER_ALREADY_LINKED_TO_CURRENT_USER)) {
            return "consent.partner.why.other-account";
        }
        return error.contains(Messages.IDENTITY_PROVIDER_ALREADY_LINKED)
                ? "consent.partner.why.other-customer"
                : "consent.partner.why.failed";
    }

    /** Keycloak made the link, and keeps the token, which stays only where it is what the customer wanted. */
    private void connect(RequiredActionContext context, Journey journey) {
        LoginWish sent = LoginWish.of(context.getAuthenticationSession()).orElseThrow();
        Optional<Set<String>> answered = tokens(context).answered(context.getUser(), sent.alias(), sent.scopes());
        ConnectResult result = answered.map(scopes ->
                        Partners.of(session).connect(customer(context), sent.accessId(), sent.scopes(), scopes))
                .orElseGet(ConnectResult.Nothing::new);
        if (result instanceof ConnectResult.Connected) {
            done(context, journey);
            return;
        }
        discard(context, sent);
        if (result instanceof ConnectResult.TooMuch tooMuch) {
            OPERATOR.warn(
                    context.getRealm().getId() + sent.alias(),
                    "Partner '%s' of realm '%s' gave a token for %d scopes that the customer did not choose. It is revoked, and what was connected before has ended. If they grant nothing, name them under 'Scopes' of the identity provider; else tell the partner"
                            .formatted(
                                    sent.alias(),
                                    context.getRealm().getName(),
                                    tooMuch.scopes().size()));
        }
        Optional<PartnerAccess> wish = wish(context, journey);
        if (wish.isEmpty()) {
            // too late, or an admin took it back
            done(context, journey);
        } else {
            show(
                    context,
                    journey,
                    wish.get(),
                    result instanceof ConnectResult.Nothing
                            ? "consent.partner.why.nothing"
                            : "consent.partner.why.failed");
        }
    }

    /** The newest token took the place of the one from before, which is gone as well. */
    private void discard(RequiredActionContext context, LoginWish sent) {
        Partners.of(session).endAll(customer(context), sent.alias(), Ender.SYSTEM);
        PartnerTokens tokens = tokens(context);
        tokens.revocable(context.getUser(), sent.alias()).ifPresent(token -> {
            Parties parties = Parties.of(
                    context.getRealm(), context.getAuthenticationSession().getClient(), context.getUser());
            Revocations.add(session, new Origin(parties, sent.providerId(), sent.alias()), token);
            tokens.unlink(context.getUser(), sent.alias());
        });
    }

    private void show(RequiredActionContext context, Journey journey, PartnerAccess wish, String why) {
        Texts texts = Texts.of(session, context.getRealm(), session.getContext().resolveLocale(context.getUser()));
        Set<String> connected = Partners.of(session).granted(customer(context), wish.providerId());
        context.challenge(context.form()
                // the stock code may have begun an error page
                .setStatus(Response.Status.OK)
                .setAttribute(
                        PartnerPage.ATTRIBUTE,
                        new PartnerPage(
                                RequestingClient.of(
                                        session,
                                        context.getRealm()
                                                .getClientById(wish.parties().clientId()),
                                        texts),
                                why,
                                !journey.isOfApp(),
                                Partners.words(wish.alias(), wish.asked(), texts),
                                Partners.words(wish.alias(), connected, texts)))
                .createForm(PAGE));
    }

    private Optional<PartnerAccess> wish(RequiredActionContext context, Journey journey) {
        return isImpersonated(context)
                ? Optional.empty()
                : journey.accessId().flatMap(id -> Partners.of(session).wish(customer(context), id));
    }

    /** Whether an admin is in the customer's place, who is to link no account at a partner. */
    private boolean isImpersonated(RequiredActionContext context) {
        RealmModel realm = context.getRealm();
        AuthResult cookie = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        UserSessionModel ofLogin = session.sessions()
                .getUserSession(
                        realm,
                        context.getAuthenticationSession().getParentSession().getId());
        return Presence.of(ofLogin) == Presence.IMPERSONATED
                || cookie != null && Presence.of(cookie.session()) == Presence.IMPERSONATED;
    }

    private static Customer customer(RequiredActionContext context) {
        return Customer.of(context.getRealm(), context.getUser());
    }

    private PartnerTokens tokens(RequiredActionContext context) {
        return new PartnerTokens(session, context.getRealm());
    }

    private Journey journey(RequiredActionContext context) {
        return new Journey(session, context.getAuthenticationSession());
    }

    @Override
    public void close() {}
}
