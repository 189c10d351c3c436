package io.assent.safeguard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.RequestUriType;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;

/** The pushed request (RFC 9126) of an authorization request. */
final class PushedRequest {

    /** The parameters of the one that these parameters name; empty where they name none. */
    static Optional<Map<String, String>> named(KeycloakSession session, Map<String, List<String>> parameters) {
        return parameters.getOrDefault(OIDCLoginProtocol.REQUEST_URI_PARAM, List.of()).stream()
                .findFirst()
                .filter(uri -> AuthorizationEndpointRequestParserProcessor.getRequestUriType(uri) == RequestUriType.PAR)
                .map(uri -> AuthzEndpointParParser.getRequestObject(session, uri));
    }

    private PushedRequest() {}
}
