package io.assent.standin;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;

/** A request of which all is as it was sent, but for the parameters of its form. */
public abstract class RequestStandIn implements HttpRequest {

    private final HttpRequest sent;

    protected RequestStandIn(HttpRequest sent) {
        this.sent = sent;
    }

    @Override
    public abstract MultivaluedMap<String, String> getDecodedFormParameters();

    @Override
    public final String getHttpMethod() {
        return sent.getHttpMethod();
    }

    @Override
    public final MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
        return sent.getMultiPartFormParameters();
    }

    @Override
    public final HttpHeaders getHttpHeaders() {
        return sent.getHttpHeaders();
    }

    @Override
    public final X509Certificate[] getClientCertificateChain() {
        return sent.getClientCertificateChain();
    }

    @Override
    public final UriInfo getUri() {
        return sent.getUri();
    }

    @Override
    public final boolean isProxyTrusted() {
        return sent.isProxyTrusted();
    }
}
