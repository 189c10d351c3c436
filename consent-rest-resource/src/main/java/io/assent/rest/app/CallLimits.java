package io.assent.rest.app;

import io.assent.rest.CallLimit;
import io.assent.server.ProviderOptions;
import java.time.InstantSource;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * What one customer can do on one node in a minute. Read and checked once, at start.
 *
 * @param decisions attempts to answer a request
 * @param deviceCalls calls about devices of any kind
 */
record CallLimits(CallLimit decisions, CallLimit deviceCalls) {

    /** Keycloak's name for what is served below a realm. */
    private static final String SPI = "realm-restapi-extension";

    private static final String DECISIONS = "decisions-per-minute";
    private static final String DEVICE_CALLS = "device-calls-per-minute";

    private static final int DEFAULT = 60;
    private static final int MOST = 999_999;

    static CallLimits read(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(SPI, ConsentResourceProviderFactory.ID, config);
        return new CallLimits(limit(options, DECISIONS), limit(options, DEVICE_CALLS));
    }

    private static CallLimit limit(ProviderOptions options, String name) {
        return new CallLimit(options.number(name, DEFAULT, 1, MOST), InstantSource.system());
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(DECISIONS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT)
                .helpText("How many decisions a customer can send to one node in a minute.")
                .add()
                .property()
                .name(DEVICE_CALLS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT)
                .helpText("How many calls about devices a customer can send to one node in a minute.")
                .add()
                .build();
    }
}
