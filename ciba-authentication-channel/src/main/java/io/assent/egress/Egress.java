package io.assent.egress;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.impl.client.CloseableHttpClient;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How a URL that a client names, or an admin of a realm, is called: by {@code https} where the realm's <em>Require
 * SSL</em> demands it, at no address that is inside, through the proxy that the server's settings name, without
 * following redirects, and within a time. Of an answer only a head within bounds is read, and what its {@link Reader}
 * reads. Works without the session that it was made with.
 */
public final class Egress {

    private final CloseableHttpClient http;
    private final AllowedHosts allowed;
    private final String option;
    private final SslRequired ssl;

    Egress(CloseableHttpClient http, AllowedHosts allowed, String option, SslRequired ssl) {
        this.http = http;
        this.allowed = allowed;
        this.option = option;
        this.ssl = ssl;
    }

    /** The calls to the clients of a realm. */
    public static Egress of(KeycloakSession session, RealmModel realm) {
        return of(session, realm, ClientEndpointsHttpFactory.ID);
    }

    /** The calls to where the admins of a realm have its events sent, which may be other hosts that are inside. */
    public static Egress toDestinations(KeycloakSession session, RealmModel realm) {
        return of(session, realm, EventDestinationsHttpFactory.ID);
    }

    private static Egress of(KeycloakSession session, RealmModel realm, String http) {
        CheckedHttpFactory factory = (CheckedHttpFactory)
                session.getKeycloakSessionFactory().getProviderFactory(HttpClientProvider.class, http);
        return new Egress(
                session.getProvider(HttpClientProvider.class, http).getHttpClient(),
                factory.allowed(),
                factory.option(),
                realm.getSslRequired());
    }

    /**
     * One call.
     *
     * @param url of the client's choice
     * @param kind what the URL is, for the operator
     * @param limit how long it may take in all, reading the answer included
     */
    public <T> Outcome<T> call(HttpRequestBase request, String url, String kind, Duration limit, Reader<T> reader) {
        URI target;
        try {
            target = new URI(url);
        } catch (URISyntaxException notAUri) {
            return new Outcome.Refused<>("the " + kind + " is not a URI");
        }
        if (target.getHost() == null) {
            return new Outcome.Refused<>("the " + kind + " has no host");
        }
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        if (!secure && !"http".equalsIgnoreCase(target.getScheme())) {
            return new Outcome.Refused<>("the " + kind + " is neither https nor http");
        }
        if (!secure && mustBeSecure(target.getHost())) {
            return new Outcome.Refused<>("the " + kind + " is not https, which the realm's Require SSL demands");
        }
        request.setURI(target);
        TimeLimit.set(request, limit);
        try (CloseableHttpResponse response = http.execute(request)) {
            return new Outcome.Answered<>(reader.read(response));
        } catch (InsideHostException inside) {
            return new Outcome.Refused<>(
                    "the " + kind + " is at a host inside. If that is meant, name the host in " + option);
        } catch (IOException e) {
            return new Outcome.Failed<>(e.getClass().getSimpleName());
        }
    }

    /** A host that the operator allows is one that <em>External requests</em> does not mean. */
    private boolean mustBeSecure(String host) {
        return ssl == SslRequired.ALL || ssl == SslRequired.EXTERNAL && !allowed.contain(host);
    }

    /** Reads an answer. What it leaves unread stays so. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(CloseableHttpResponse response) throws IOException;
    }

    /** What came of a call. Reasons are words for the operator, without an address. */
    public sealed interface Outcome<T> {

        /** There was an answer, of any status. */
        record Answered<T>(T answer) implements Outcome<T> {}

        /** It was not called, nor will be: the client or the operator has to change a setting. */
        record Refused<T>(String reason) implements Outcome<T> {}

        /** It did not answer. */
        record Failed<T>(String reason) implements Outcome<T> {}
    }
}
