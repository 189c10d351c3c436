package io.assent.safeguard;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.detail.DetailFlaw;
import io.assent.detail.DetailParameters;
import io.assent.detail.DetailReading;
import io.assent.detail.Details;
import io.assent.detail.SentDetails;
import io.assent.permission.ConsentSettings;
import io.assent.request.ConsentApp;
import jakarta.ws.rs.HttpMethod;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * Checks the parameter {@code authorization_details} (RFC 9396) wherever the server takes it: no detail is passed over,
 * none is cut, and none gets to where nobody asks the customer. The room {@code authorization} hides details from the
 * server.
 */
final class DetailGate {

    /** The requests at the token endpoint, of each grant that tells of it. */
    private static final Set<ClientPolicyEvent> TOKEN_REQUESTS = EnumSet.of(
            ClientPolicyEvent.TOKEN_REQUEST,
            ClientPolicyEvent.TOKEN_REFRESH,
            ClientPolicyEvent.BACKCHANNEL_TOKEN_REQUEST,
            ClientPolicyEvent.DEVICE_TOKEN_REQUEST,
            ClientPolicyEvent.SERVICE_ACCOUNT_TOKEN_REQUEST,
            ClientPolicyEvent.RESOURCE_OWNER_PASSWORD_CREDENTIALS_REQUEST,
            ClientPolicyEvent.TOKEN_EXCHANGE_REQUEST,
            ClientPolicyEvent.JWT_AUTHORIZATION_GRANT);

    private final KeycloakSession session;
    private final ConsentApp app;

    DetailGate(KeycloakSession session, ConsentApp app) {
        this.session = session;
        this.app = app;
    }

    /** What the client asks for, and keeps it for the login; none where this is no request for any. */
    DetailReading reading(ClientModel client, ClientPolicyContext context) {
        if (!app.isIn(client.getRealm())) {
            return Details.NONE;
        }
        if (context instanceof PushedAuthorizationRequestContext pushed) {
            return reading(
                    client,
                    pushed.getRequest(),
                    new SentDetails(SentDetails.values(pushed.getRequestParameters()), Optional.empty(), signed()));
        }
        if (context instanceof AuthorizationRequestContext authorization) {
            return reading(client, authorization);
        }
        if (context instanceof DeviceAuthorizationRequestContext device) {
            return DetailParameters.of(session)
                            .areSent(new SentDetails(
                                    SentDetails.values(device.getRequestParameters()), Optional.empty(), signed()))
                    ? new DetailFlaw("A device can't ask for authorization_details")
                    : Details.NONE;
        }
        return Details.NONE;
    }

    private DetailReading reading(ClientModel client, AuthorizationRequestContext context) {
        // the context has what the server was shown
        HttpRequest request = session.getContext().getHttpRequest();
        Map<String, List<String>> open = HttpMethod.POST.equals(request.getHttpMethod())
                ? request.getDecodedFormParameters()
                : session.getContext().getUri().getQueryParameters();
        Optional<List<String>> pushed = PushedRequest.named(session, open)
                .map(parameters -> Optional.ofNullable(parameters.get(Details.PARAMETER))
                        .map(List::of)
                        .orElseGet(List::of));
        DetailReading reading = reading(
                client,
                context.getAuthorizationEndpointRequest(),
                new SentDetails(SentDetails.values(open), pushed, signed()));
        if (!(reading instanceof Details asked)) {
            return reading;
        }
        if (!asked.isEmpty() && context.getParsedResponseType().isImplicitOrHybridFlow()) {
            return new DetailFlaw("What authorization_details grant is fetched with a code: response_type is 'code'");
        }
        DetailParameters.keep(session, context.getAuthenticationSession(), asked);
        return asked;
    }

    private DetailReading reading(ClientModel client, AuthorizationEndpointRequest request, SentDetails sent) {
        DetailReading reading = DetailParameters.of(session).read(client, sent);
        return reading instanceof Details asked && !asked.isEmpty()
                ? flaw(client, request).<DetailReading>map(flaw -> flaw).orElse(asked)
                : reading;
    }

    private static Optional<DetailFlaw> flaw(ClientModel client, AuthorizationEndpointRequest request) {
        if (!isAsked(client)) {
            return Optional.of(new DetailFlaw("The client's customers are not asked in the browser"));
        }
        // what was granted is found again by them, among all logins of the client in a browser
        return request.getNonce() == null && request.getCodeChallenge() == null
                ? Optional.of(new DetailFlaw("A request with authorization_details has a code_challenge or a nonce"))
                : Optional.empty();
    }

    private static boolean isAsked(ClientModel client) {
        return ConsentSettings.asksInTheBrowser(client.getRealm())
                && ConsentSettings.of(client.getRealm()).asksFor(client);
    }

    /**
     * Why a token request is refused, where this is one.
     *
     * @see #ofTokenRequest()
     */
    Optional<TokenRefusal> ofTokenRequest(ClientPolicyContext context) {
        return TOKEN_REQUESTS.contains(context.getEvent()) ? ofTokenRequest() : Optional.empty();
    }

    /**
     * Why a token request is refused, of whatever grant: what it asks for, nobody asked the customer for. Only a
     * service account, which no customer is, may have types that neither the server nor the pack knows.
     */
    Optional<TokenRefusal> ofTokenRequest() {
        Map<String, List<String>> form = session.getContext().getHttpRequest().getDecodedFormParameters();
        if (!form.containsKey(OAuth2Constants.GRANT_TYPE)
                || !app.isIn(session.getContext().getRealm())) {
            return Optional.empty();
        }
        DetailParameters details = DetailParameters.of(session);
        boolean service = form.get(OAuth2Constants.GRANT_TYPE).contains(OAuth2Constants.CLIENT_CREDENTIALS);
        return SentDetails.values(form).stream()
                        .filter(sent -> !sent.isBlank())
                        .anyMatch(sent -> service ? details.mayBeOurs(sent) : !details.areTheServers(sent))
                ? Optional.of(new TokenRefusal(
                        Details.PARAMETER,
                        DetailFlaw.ERROR,
                        "authorization_details are asked for before, and can't be here"))
                : Optional.empty();
    }

    private JsonNode signed() {
        return session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
    }
}
