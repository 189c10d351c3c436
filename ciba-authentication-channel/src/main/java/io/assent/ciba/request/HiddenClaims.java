package io.assent.ciba.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.request.BackchannelAuthenticationEndpointRequestParser;

/**
 * Hides the user code of a signed request from the stock code, which refuses a request that has one. There is no other
 * place at which to do it: the stock code verifies the request, keeps it in the session, and reads it on. What it keeps
 * is the whole request, for whoever reads it later.
 */
public final class HiddenClaims implements InvocationHandler {

    private static final String SIGNED =
            BackchannelAuthenticationEndpointRequestParser.CIBA_SIGNED_AUTHENTICATION_REQUEST;

    private final KeycloakSession session;

    private HiddenClaims(KeycloakSession session) {
        this.session = session;
    }

    /** The same session, for the stock code. */
    public static KeycloakSession hiddenIn(KeycloakSession session) {
        return (KeycloakSession) Proxy.newProxyInstance(
                HiddenClaims.class.getClassLoader(),
                new Class<?>[] {KeycloakSession.class},
                new HiddenClaims(session));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("setAttribute")
                && SIGNED.equals(arguments[0])
                && arguments[1] instanceof ObjectNode claims) {
            session.setAttribute(SIGNED, claims.deepCopy());
            claims.remove("user_code");
            return null;
        }
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
