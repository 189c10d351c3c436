package io.assent.ciba.request;

import io.assent.detail.Details;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;

/**
 * A backchannel request as the stock code wants it: with the one hint by which the realm is set to find customers. What
 * is there in its place says nothing, and nobody believes it.
 */
record LaidOutRequest(HttpRequest sent, MultivaluedMap<String, String> form) implements HttpRequest {

    private static final String ANY = "-";

    /** What the stock code would trip over, or fetch, and is read elsewhere. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of("requested_expiry", "user_code", "request_uri", Details.PARAMETER);

    private static final Set<String> HINTS = Set.of("login_hint", "id_token_hint", "login_hint_token");

    static LaidOutRequest of(HttpRequest sent) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        sent.getDecodedFormParameters().forEach((name, values) -> {
            List<String> given = values.stream()
                    .filter(value -> value != null && !value.isBlank())
                    .toList();
            // what is sent without a value is not there (RFC 6749, section 3.1)
            if (!given.isEmpty() && !READ_ELSEWHERE.contains(name)) {
                form.addAll(name, given);
            }
        });
        HINTS.forEach(hint -> form.putSingle(hint, ANY));
        return new LaidOutRequest(sent, form);
    }

    @Override
    public String getHttpMethod() {
        return sent.getHttpMethod();
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        return form;
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
