package io.assent.egress;

import io.assent.server.ProviderOptions;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.DefaultHttpClientFactory;
import org.keycloak.connections.httpclient.HttpClientBuilder;
import org.keycloak.models.KeycloakSession;

/**
 * The server's own HTTP client, with its own settings (time-outs, truststore, key store, {@code proxy-mappings}), that
 * calls no host that is inside unless the operator allows it. Has one option, {@code allowed-hosts}. Whoever does not
 * ask for it by its id gets the server's.
 */
public final class ClientEndpointsHttpFactory extends DefaultHttpClientFactory {

    static final String ID = "client-endpoints";

    private static final String SPI = "connections-http-client";

    private AllowedHosts allowed;
    private String option;

    @Override
    public void init(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(SPI, ID, config);
        allowed = AllowedHosts.of(options);
        option = options.name(AllowedHosts.OPTION);
        super.init(Config.scope("connectionsHttpClient", "default"));
    }

    @Override
    protected HttpClientBuilder newHttpClientBuilder(KeycloakSession session) {
        return new HttpClientBuilder(new CheckedRoutes(new OutsideHosts(allowed, SystemDefaultDnsResolver.INSTANCE)));
    }

    AllowedHosts allowed() {
        return allowed;
    }

    /** How the operator writes the option. */
    String option() {
        return option;
    }

    @Override
    public String getId() {
        return ID;
    }
}
