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
abstract class CheckedHttpFactory extends DefaultHttpClientFactory {

    private static final String SPI = "connections-http-client";

    private final String id;
    private AllowedHosts allowed;
    private String option;

    CheckedHttpFactory(String id) {
        this.id = id;
    }

    @Override
    public final void init(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(SPI, id, config);
        allowed = AllowedHosts.of(options);
        option = options.name(AllowedHosts.OPTION);
        super.init(Config.scope("connectionsHttpClient", "default"));
    }

    @Override
    protected final HttpClientBuilder newHttpClientBuilder(KeycloakSession session) {
        return new HttpClientBuilder(new CheckedRoutes(new OutsideHosts(allowed, SystemDefaultDnsResolver.INSTANCE)));
    }

    final AllowedHosts allowed() {
        return allowed;
    }

    /** How the operator writes the option. */
    final String option() {
        return option;
    }

    @Override
    public final String getId() {
        return id;
    }
}
