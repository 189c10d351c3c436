package io.assent.authorization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.DetailParameters;
import io.assent.detail.Details;
import io.assent.detail.SentDetails;
import io.assent.standin.StandIn;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;

/**
 * The session as the stock authorization endpoint has it: the pack's details are hidden in the request object, after
 * the stock code verified it, and in the pushed request, and permissions have the names that they have now. What it
 * keeps of the request object is the whole, for whoever reads it later.
 */
final class HiddenDetails implements InvocationHandler {

    private static final String SIGNED = AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT;

    private final KeycloakSession session;

    private HiddenDetails(KeycloakSession session) {
        this.session = session;
    }

    static KeycloakSession in(KeycloakSession session) {
        return StandIn.of(KeycloakSession.class, new HiddenDetails(session));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("setAttribute")
                && SIGNED.equals(arguments[0])
                && arguments[1] instanceof ObjectNode claims) {
            session.setAttribute(SIGNED, claims.deepCopy());
            // the stock code takes none for a text
            if (claims.path(Details.PARAMETER).isNull()
                    || DetailParameters.of(session).areSent(new SentDetails(List.of(), Optional.empty(), claims))) {
                claims.remove(Details.PARAMETER);
            }
            new NewNames(session)
                    .scope(name -> claims.path(name).textValue())
                    .ifPresent(scope -> claims.put(OAuth2Constants.SCOPE, scope));
            return null;
        }
        Object result = StandIn.call(session, method, arguments);
        return result instanceof SingleUseObjectProvider pushed
                        && method.getName().equals("singleUseObjects")
                ? StandIn.of(
                        SingleUseObjectProvider.class,
                        (self, get, key) -> hidden(get, key, StandIn.call(pushed, get, key)))
                : result;
    }

    @SuppressWarnings("unchecked")
    private Object hidden(Method method, Object[] arguments, Object result) {
        return method.getName().equals("get")
                        && arguments[0] instanceof String key
                        && key.startsWith(ParEndpoint.CACHE_KEY_PREFIX)
                        && result instanceof Map<?, ?> pushed
                ? withoutDetails(byNewNames((Map<String, String>) pushed))
                : result;
    }

    private Map<String, String> byNewNames(Map<String, String> pushed) {
        return new NewNames(session)
                .scope(pushed)
                .map(scope -> {
                    Map<String, String> renamed = new HashMap<>(pushed);
                    renamed.put(OAuth2Constants.SCOPE, scope);
                    return renamed;
                })
                .orElse(pushed);
    }

    private Map<String, String> withoutDetails(Map<String, String> pushed) {
        List<String> sent =
                Optional.ofNullable(pushed.get(Details.PARAMETER)).map(List::of).orElseGet(List::of);
        if (!DetailParameters.of(session).areSent(new SentDetails(List.of(), Optional.of(sent), null))) {
            return pushed;
        }
        Map<String, String> rest = new HashMap<>(pushed);
        rest.remove(Details.PARAMETER);
        return rest;
    }
}
