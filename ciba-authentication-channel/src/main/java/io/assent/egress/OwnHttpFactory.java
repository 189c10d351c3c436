package io.assent.egress;

import org.keycloak.Config;
import org.keycloak.connections.httpclient.DefaultHttpClientFactory;
import org.keycloak.connections.httpclient.HttpClientBuilder;
import org.keycloak.models.KeycloakSession;

/**
 * The server's own HTTP client, with its own settings (time-outs, truststore, key store, {@code proxy-mappings}), that
 * reads no answer's head without a bound. Whoever does not ask for it by its id gets the server's.
 */
abstract class OwnHttpFactory extends DefaultHttpClientFactory {

    private final String id;

    OwnHttpFactory(String id) {
        this.id = id;
    }

    @Override
    public void init(Config.Scope config) {
        super.init(Config.scope("connectionsHttpClient", "default"));
    }

    @Override
    protected final HttpClientBuilder newHttpClientBuilder(KeycloakSession session) {
        return new HttpClientBuilder(BoundedHead.of(clients()));
    }

    /** What makes the clients. */
    abstract org.apache.http.impl.client.HttpClientBuilder clients();

    @Override
    public final String getId() {
        return id;
    }
}
