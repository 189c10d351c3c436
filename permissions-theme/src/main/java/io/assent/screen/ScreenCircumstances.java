package io.assent.screen;

import io.assent.account.AccountList;
import io.assent.detail.DetailTypes;
import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.evidence.Circumstances.Question;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestingClient;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/** In what circumstances a customer answers on the consent screen. */
record ScreenCircumstances(
        KeycloakSession session, AuthenticationSessionModel authSession, PermissionCatalogue permissions) {

    /** When the customer logged in, in this login; none where a login from before did. */
    private static final String LOGIN_TIME = "assent.consent.login-time";

    /** Call it when the login is through: the customer may take long before the page. */
    void noteLogin() {
        if (!AuthenticatorUtil.isSSOAuthentication(authSession) && authSession.getAuthNote(LOGIN_TIME) == null) {
            String elsewhere = authSession.getClientNote(AuthenticationManager.AUTH_TIME_BROKER);
            authSession.setAuthNote(
                    LOGIN_TIME,
                    elsewhere == null ? String.valueOf(ServerTime.now().getEpochSecond()) : elsewhere);
        }
    }

    Circumstances get() {
        return new Circumstances(
                presence(),
                acr(),
                authTime(),
                session.getContext().getConnection().getRemoteHost(),
                this::shown);
    }

    /** A session that is there already stays what it is, also where the customer logs in to it once more. */
    private Presence presence() {
        UserSessionModel before = sessionBefore();
        return before == null && !AuthenticatorUtil.isSSOAuthentication(authSession)
                ? Presence.CUSTOMER
                : Presence.of(before);
    }

    private UserSessionModel sessionBefore() {
        if (AuthenticatorUtil.isSSOAuthentication(authSession)) {
            AuthResult cookie = AuthenticationManager.authenticateIdentityCookie(session, authSession.getRealm(), true);
            return cookie == null ? null : cookie.session();
        }
        return session.sessions()
                .getUserSession(
                        authSession.getRealm(), authSession.getParentSession().getId());
    }

    /** As the client's token will say it. */
    private String acr() {
        int level = new AcrStore(session, authSession).getLevelOfAuthenticationFromCurrentAuthentication();
        if (level < Constants.MINIMUM_LOA) {
            return AuthenticatorUtil.isSSOAuthentication(authSession) ? "0" : "1";
        }
        return String.valueOf(level);
    }

    private Instant authTime() {
        return Optional.ofNullable(authSession.getAuthNote(LOGIN_TIME))
                .or(() -> Optional.ofNullable(sessionBefore())
                        .map(before -> before.getNote(AuthenticationManager.AUTH_TIME)))
                .map(Long::valueOf)
                .map(Instant::ofEpochSecond)
                .orElse(null);
    }

    private Optional<ShownContent> shown(Question question) {
        Texts texts = Texts.of(
                session,
                authSession.getRealm(),
                session.getContext().resolveLocale(authSession.getAuthenticatedUser()));
        return Optional.of(ShownContent.of(
                ShownText.of(
                        RequestingClient.of(session, authSession.getClient(), texts),
                        permissions.groups(authSession.getClient(), question.permissions(), texts),
                        texts.language()),
                DetailTypes.of(session).shown(question.details(), texts, AccountList.Unset::new),
                question.bindingMessage()));
    }
}
