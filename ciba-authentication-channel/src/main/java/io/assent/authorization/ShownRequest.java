package io.assent.authorization;

import io.assent.detail.DetailParameters;
import io.assent.detail.Details;
import io.assent.detail.SentDetails;
import io.assent.standin.RequestStandIn;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/**
 * An authorization request whose form has its parameters, however they were sent, without the pack's details, and with
 * permissions by the names that they have now.
 */
final class ShownRequest extends RequestStandIn {

    private final KeycloakSession session;
    private final HttpRequest sent;

    ShownRequest(KeycloakSession session, HttpRequest sent) {
        super(sent);
        this.session = session;
        this.sent = sent;
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        MultivaluedMap<String, String> parameters = byNewNames(
                HttpMethod.POST.equals(sent.getHttpMethod())
                        ? sent.getDecodedFormParameters()
                        : session.getContext().getUri().getQueryParameters());
        if (!DetailParameters.of(session)
                .areSent(new SentDetails(SentDetails.values(parameters), Optional.empty(), null))) {
            return parameters;
        }
        MultivaluedMap<String, String> shown = new MultivaluedHashMap<>();
        parameters.forEach((name, values) -> {
            if (!name.equals(Details.PARAMETER)) {
                shown.addAll(name, values);
            }
        });
        return shown;
    }

    private MultivaluedMap<String, String> byNewNames(MultivaluedMap<String, String> parameters) {
        return new NewNames(session)
                .scope(parameters::getFirst)
                .map(scope -> {
                    MultivaluedMap<String, String> renamed = new MultivaluedHashMap<>(parameters);
                    // one that is there twice is left to the stock code to refuse
                    renamed.get(OAuth2Constants.SCOPE).set(0, scope);
                    return renamed;
                })
                .orElse(parameters);
    }
}
