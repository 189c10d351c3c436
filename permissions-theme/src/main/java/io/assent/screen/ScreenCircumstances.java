package io.assent.screen;

import io.assent.evidence.Circumstances;
import io.assent.evidence.ShownText;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestingClient;
import io.assent.server.ServerTime;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** In what circumstances a customer answers on the consent screen. */
record ScreenCircumstances(
        KeycloakSession session, AuthenticationSessionModel authSession, PermissionCatalogue permissions) {

    Circumstances get() {
        return new Circumstances(
                acr(), authTime(), session.getContext().getConnection().getRemoteHost(), this::shown);
    }

    private String acr() {
        int level = new AcrStore(session, authSession).getLevelOfAuthenticationFromCurrentAuthentication();
        String acr = AcrUtils.mapLoaToAcr(level, AcrUtils.getAcrLoaMap(authSession.getClient()), List.of());
        return acr == null ? String.valueOf(level) : acr;
    }

    /** When the customer logged in before, or just now. */
    private Instant authTime() {
        UserSessionModel login = session.sessions()
                .getUserSession(
                        authSession.getRealm(), authSession.getParentSession().getId());
        return Optional.ofNullable(login)
                .map(known -> known.getNote(AuthenticationManager.AUTH_TIME))
                .map(Long::valueOf)
                .map(Instant::ofEpochSecond)
                .orElseGet(ServerTime::now);
    }

    private Optional<ShownText> shown(String clientId, RequestedPermissions asked) {
        Texts texts = Texts.of(
                session,
                authSession.getRealm(),
                session.getContext().resolveLocale(authSession.getAuthenticatedUser()));
        return Optional.of(ShownText.of(
                RequestingClient.of(session, authSession.getClient(), texts),
                permissions.groups(authSession.getClient(), asked, texts),
                texts.language()));
    }
}
