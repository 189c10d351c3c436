package io.assent.jpa;

import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * How long the pack's rows are kept, and how often those that are older are removed. Read and checked once, at start.
 *
 * @param unanswered how long a request that nobody answered is kept once its time is over
 * @param answered how long a request is kept with its answer, from then on
 * @param deliveries how long is kept what became of a push or ping
 * @param interval how often housekeeping runs
 */
record Retention(Duration unanswered, Duration answered, Duration deliveries, Duration interval) {

    /** Keycloak's name for {@link JpaEntityProviderFactory}s. */
    private static final String SPI = "jpa-entity-provider";

    private static final String UNANSWERED = "unanswered-request-days";
    private static final String ANSWERED = "answered-request-days";
    private static final String DELIVERIES = "closed-delivery-days";
    private static final String INTERVAL = "housekeeping-interval-seconds";

    /** An app can show for a month what was missed. */
    private static final int DEFAULT_UNANSWERED = 30;

    /** Five years, leap years included: Directive (EU) 2015/2366 (PSD2), article 21. */
    private static final int DEFAULT_ANSWERED = 5 * 366;

    private static final int DEFAULT_DELIVERIES = 7;
    private static final int DEFAULT_INTERVAL = 10;

    static Retention read(Config.Scope config) {
        return new Retention(
                Duration.ofDays(number(config, UNANSWERED, DEFAULT_UNANSWERED)),
                Duration.ofDays(number(config, ANSWERED, DEFAULT_ANSWERED)),
                Duration.ofDays(number(config, DELIVERIES, DEFAULT_DELIVERIES)),
                Duration.ofSeconds(number(config, INTERVAL, DEFAULT_INTERVAL)));
    }

    private static int number(Config.Scope config, String name, int byDefault) {
        String value = config.get(name, String.valueOf(byDefault)).trim();
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("--spi-%s--%s--%s must be a whole number from 1 to 99999, not '%s'"
                    .formatted(SPI, AssentEntitiesFactory.ID, name, value));
        }
        return Integer.parseInt(value);
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(UNANSWERED)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_UNANSWERED)
                .helpText("How long a consent request is kept that nobody answered in time.")
                .add()
                .property()
                .name(ANSWERED)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_ANSWERED)
                .helpText("How long a consent request is kept with its answer.")
                .add()
                .property()
                .name(DELIVERIES)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_DELIVERIES)
                .helpText("How long is kept what became of a push or ping.")
                .add()
                .property()
                .name(INTERVAL)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_INTERVAL)
                .helpText("How often one of the nodes removes what is older.")
                .add()
                .build();
    }
}
