package io.assent.egress;

import io.assent.server.ProviderOptions;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.keycloak.Config;

/**
 * An HTTP client that calls no host that is inside unless the operator allows it. Has one option,
 * {@code allowed-hosts}.
 */
abstract class CheckedHttpFactory extends OwnHttpFactory {

    private static final String SPI = "connections-http-client";

    private AllowedHosts allowed;
    private String option;

    CheckedHttpFactory(String id) {
        super(id);
    }

    @Override
    public final void init(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(SPI, getId(), config);
        allowed = AllowedHosts.of(options);
        option = options.name(AllowedHosts.OPTION);
        super.init(config);
    }

    @Override
    final HttpClientBuilder clients() {
        return new CheckedRoutes(new OutsideHosts(allowed, SystemDefaultDnsResolver.INSTANCE));
    }

    final AllowedHosts allowed() {
        return allowed;
    }

    /** How the operator writes the option. */
    final String option() {
        return option;
    }
}
