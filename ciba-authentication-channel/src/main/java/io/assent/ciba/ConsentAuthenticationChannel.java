package io.assent.ciba;

import io.assent.ciba.ping.ExpectedPing;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.push.PushNotifier;
import io.assent.request.ConsentApp;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStore;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * Puts the client's question to the customer (CIBA Core 1.0, section 8): stores it in the transaction of the
 * backchannel call, leaves the pushes to the outbox, and returns. No vendor is called here.
 */
final class ConsentAuthenticationChannel implements AuthenticationChannelProvider {

    private static final Logger LOG = Logger.getLogger(ConsentAuthenticationChannel.class);

    private final KeycloakSession session;
    private final ConsentRequestStore requests;
    private final PermissionCatalogue permissions;
    private final PushNotifier announcement;

    ConsentAuthenticationChannel(
            KeycloakSession session,
            ConsentRequestStore requests,
            PermissionCatalogue permissions,
            PushNotifier announcement) {
        this.session = session;
        this.requests = requests;
        this.permissions = permissions;
        this.announcement = announcement;
    }

    @Override
    public boolean requestAuthentication(CIBAAuthenticationRequest asked, String infoUsedByAuthenticator) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = asked.getClient();
        UserModel user = asked.getUser();
        if (!ConsentApp.isIn(realm)) {
            LOG.warnf(
                    "Client '%s' asks in realm '%s', where nobody can answer: it has no client scope '%s'",
                    client.getClientId(), realm.getName(), ConsentApp.SCOPE);
            return false;
        }
        String scope = Scopes.join(Scopes.split(asked.getScope()));
        Instant now = ServerTime.now();

        ConsentRequest request = ConsentRequest.pending(
                new Parties(realm.getId(), client.getId(), user.getId()),
                new Journey(Journey.CIBA, asked.getId()),
                scope,
                permissions.requested(realm, client, user, scope),
                asked.getBindingMessage(),
                now,
                // the very expires_in that the client is told
                now.plusSeconds(realm.getCibaPolicy().getExpiresIn()));

        if (asked.getClientNotificationToken() != null) {
            ExpectedPing ping = new ExpectedPing(request.id(), asked.getClientNotificationToken());
            ping.keepIn(session);
            if (!ping.isWellFormed()) {
                // the endpoint says why: whatever is said here reaches the client as an error of the server
                return false;
            }
        }
        requests.add(request);
        announcement.of(request, realm, user);
        return true;
    }

    @Override
    public void close() {}
}
