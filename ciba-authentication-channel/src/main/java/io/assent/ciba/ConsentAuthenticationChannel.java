package io.assent.ciba;

import io.assent.ciba.ping.ExpectedPing;
import io.assent.ciba.request.BackchannelQuestion;
import io.assent.ciba.request.BackchannelRequest;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.Scopes;
import io.assent.request.AskResult;
import io.assent.request.ConsentApp;
import io.assent.request.ConsentRequest.Content;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequests;
import io.assent.server.OperatorLog;
import io.assent.server.Parties;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * Puts the client's question to the customer (CIBA Core 1.0, section 8): stores it in the transaction of the
 * backchannel call, and returns. What follows from it, such as pushes, hangs on the request's events. No vendor is
 * called here.
 */
final class ConsentAuthenticationChannel implements AuthenticationChannelProvider {

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(ConsentAuthenticationChannel.class));

    private final KeycloakSession session;
    private final ConsentApp app;
    private final ConsentRequests requests;
    private final PermissionCatalogue permissions;

    ConsentAuthenticationChannel(
            KeycloakSession session, ConsentApp app, ConsentRequests requests, PermissionCatalogue permissions) {
        this.session = session;
        this.app = app;
        this.requests = requests;
        this.permissions = permissions;
    }

    @Override
    public boolean requestAuthentication(CIBAAuthenticationRequest authRequest, String infoUsedByAuthenticator) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = authRequest.getClient();
        UserModel user = authRequest.getUser();
        if (!app.isIn(realm)) {
            LOG.warn(
                    realm.getId(),
                    ("Client '%s' asks in realm '%s', whose app can't answer: the realm has no client scope '%s'."
                                    + " Set the realm up: POST /admin/realms/{realm}/consents/setup")
                            .formatted(client.getClientId(), realm.getName(), ConsentApp.SCOPE));
            return false;
        }
        Optional<String> notificationToken = Optional.ofNullable(authRequest.getClientNotificationToken());
        if (notificationToken.isPresent() && !ExpectedPing.isWellFormed(notificationToken.get())) {
            // the endpoint says why: whatever is said here reaches the client as an error of the server
            ExpectedPing.refuseIn(session);
            return false;
        }
        BackchannelQuestion question = BackchannelQuestion.in(session)
                .orElseThrow(() -> new IllegalStateException("asked without a backchannel request"));
        BackchannelRequest asked = question.request();
        String scope = Scopes.join(Scopes.split(authRequest.getScope()));
        AskResult result = requests.ask(
                Parties.of(realm, client, user),
                new Journey(Journey.CIBA, authRequest.getId()),
                new Content(
                        scope,
                        permissions.requested(realm, client, user, scope).limitedTo(question.claims()),
                        asked.details(),
                        asked.bindingMessage().orElse(null),
                        asked.acrValues(),
                        WantedGrant.keptIn(authRequest).orElse(null)),
                // the very expires_in that the client is told
                Duration.ofSeconds(authRequest.getExp() - authRequest.getIat()));
        if (result instanceof AskResult.Asked put) {
            notificationToken.ifPresent(token -> new ExpectedPing(put.request().id(), token).keepIn(session));
            return true;
        }
        new RefusedQuestion(((AskResult.Refused) result).reason()).keepIn(session);
        return false;
    }

    @Override
    public void close() {}
}
