package io.assent.partner.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.assent.egress.AnswerBody;
import io.assent.egress.BankNamedHttpFactory;
import io.assent.egress.TimeLimit;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicNameValuePair;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.models.KeycloakSession;

/**
 * A request to a partner, anywhere and by the settings of the server's own HTTP client, as every call to an identity
 * provider. It takes no longer than {@link #LIMIT} and no more than a token response has, however slow or long the
 * answer is, and needs neither a session nor a transaction.
 */
public final class PartnerCall {

    /** For all of it, reading the answer included. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    /** No token response is longer, in bytes. */
    static final int MAX_BODY = 64 * 1024;

    private final CloseableHttpClient http;
    private final String url;
    private final Map<String, String> headers;
    private final Map<String, String> form;

    /** @param url may be none that can be called */
    PartnerCall(CloseableHttpClient http, String url, Map<String, String> headers, Map<String, String> form) {
        this.http = http;
        this.url = url;
        this.headers = headers;
        this.form = form;
    }

    /** @param request a form that Keycloak has made, and authenticated */
    static PartnerCall of(KeycloakSession session, SimpleHttpRequest request) {
        return new PartnerCall(
                session.getProvider(HttpClientProvider.class, BankNamedHttpFactory.ID)
                        .getHttpClient(),
                Objects.requireNonNullElse(request.getUrl(), ""),
                Objects.requireNonNullElse(request.getHeaders(), Map.of()),
                Objects.requireNonNullElse(request.getParams(), Map.of()));
    }

    /** @throws IOException if there is no answer within the time, or a longer one than any should be */
    public PartnerAnswer send() throws IOException {
        return send(LIMIT);
    }

    PartnerAnswer send(Duration limit) throws IOException {
        HttpPost post = post();
        TimeLimit.set(post, limit);
        try (CloseableHttpResponse response = http.execute(post)) {
            Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
            return new PartnerAnswer(
                    response.getStatusLine().getStatusCode(),
                    body(response),
                    retryAfter == null ? null : retryAfter.getValue());
        }
    }

    private HttpPost post() throws IOException {
        HttpPost post;
        try {
            post = new HttpPost(new URI(url));
        } catch (URISyntaxException notAUri) {
            throw new IOException("not a URI", notAUri);
        }
        headers.forEach(post::setHeader);
        List<BasicNameValuePair> fields = form.entrySet().stream()
                .map(field -> new BasicNameValuePair(field.getKey(), field.getValue()))
                .toList();
        post.setEntity(new UrlEncodedFormEntity(fields, UTF_8));
        return post;
    }

    private static String body(HttpResponse response) throws IOException {
        byte[] body = AnswerBody.beginning(response, MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new IOException("the answer is too long");
        }
        return new String(body, UTF_8);
    }
}
