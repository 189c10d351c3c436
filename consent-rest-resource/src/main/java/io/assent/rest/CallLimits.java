package io.assent.rest;

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

    static CallLimits read(Config.Scope config) {
        return new CallLimits(limit(config, DECISIONS), limit(config, DEVICE_CALLS));
    }

    private static CallLimit limit(Config.Scope config, String name) {
        String value = config.get(name, String.valueOf(DEFAULT)).trim();
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("--spi-%s--%s--%s must be a whole number from 1 to 999999, not '%s'"
                    .formatted(SPI, ConsentResourceProviderFactory.ID, name, value));
        }
        return new CallLimit(Integer.parseInt(value), InstantSource.system());
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
