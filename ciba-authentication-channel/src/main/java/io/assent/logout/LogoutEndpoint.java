package io.assent.logout;

import io.assent.outbox.http.ClientEndpoint;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;

/**
 * Where a client wants to hear of what ended: Keycloak's own setting <em>Backchannel logout URL</em>. One that starts
 * with a slash is below the client's root URL. The server's own URL is for none: nobody knows it outside a call.
 */
final class LogoutEndpoint {

    /** Empty where it wants to hear nothing. Also of one that is switched off. */
    static Optional<ClientEndpoint> find(KeycloakSession session, ClientModel client) {
        return Optional.ofNullable(client)
                .map(found -> OIDCAdvancedConfigWrapper.fromClientModel(found).getBackchannelLogoutUrl())
                .filter(url -> !url.isBlank())
                .map(url -> url.startsWith("/") && client.getRootUrl() != null ? client.getRootUrl() + url : url)
                .map(url -> ClientEndpoint.of(session, client, "backchannel logout URL", url));
    }

    private LogoutEndpoint() {}
}
