package io.assent.ciba.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.claim.ClaimsParameter;
import io.assent.detail.Details;
import io.assent.standin.StandIn;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/**
 * Hides claims of a signed request from the stock code: the user code, since it refuses a request that has one; and the
 * details and the wanted claims, which it would put into the {@code auth_req_id}, or lose where they are long. There is
 * no other place at which to do it: the stock code verifies the request, keeps it in the session, and reads it on. What
 * it keeps is the whole request, for whoever reads it later.
 */
public final class HiddenClaims implements InvocationHandler {

    private static final String SIGNED =
            BackchannelAuthenticationEndpointRequestParser.CIBA_SIGNED_AUTHENTICATION_REQUEST;

    private static final Set<String> HIDDEN = Set.of("user_code", Details.PARAMETER, ClaimsParameter.NAME);

    private final KeycloakSession session;

    private HiddenClaims(KeycloakSession session) {
        this.session = session;
    }

    /** The same session, for the stock code. */
    public static KeycloakSession hiddenIn(KeycloakSession session) {
        return StandIn.of(KeycloakSession.class, new HiddenClaims(session));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("setAttribute")
                && SIGNED.equals(arguments[0])
                && arguments[1] instanceof ObjectNode claims) {
            session.setAttribute(SIGNED, claims.deepCopy());
            claims.remove(HIDDEN);
            return null;
        }
        return StandIn.call(session, method, arguments);
    }
}
