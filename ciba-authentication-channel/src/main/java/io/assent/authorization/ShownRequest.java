package io.assent.authorization;

import io.assent.detail.DetailParameters;
import io.assent.detail.Details;
import io.assent.detail.SentDetails;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/** An authorization request whose form has its parameters, however they were sent, without the pack's details. */
record ShownRequest(KeycloakSession session, HttpRequest sent) implements HttpRequest {

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        MultivaluedMap<String, String> parameters = HttpMethod.POST.equals(sent.getHttpMethod())
                ? sent.getDecodedFormParameters()
                : session.getContext().getUri().getQueryParameters();
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

    @Override
    public String getHttpMethod() {
        return sent.getHttpMethod();
    }

    @Override
    public MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
        return sent.getMultiPartFormParameters();
    }

    @Override
    public HttpHeaders getHttpHeaders() {
        return sent.getHttpHeaders();
    }

    @Override
    public X509Certificate[] getClientCertificateChain() {
        return sent.getClientCertificateChain();
    }

    @Override
    public UriInfo getUri() {
        return sent.getUri();
    }

    @Override
    public boolean isProxyTrusted() {
        return sent.isProxyTrusted();
    }
}
