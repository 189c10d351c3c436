package io.assent.schema;

import io.assent.server.ProviderOptions;
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
 * @param endedConsents how long a consent is kept with its history, once it has ended
 * @param deliveries how long is kept what became of a push or ping
 * @param reports how long the numbers of a day are kept
 * @param interval how often housekeeping runs
 */
record Retention(
        Duration unanswered,
        Duration answered,
        Duration endedConsents,
        Duration deliveries,
        Duration reports,
        Duration interval) {

    /** Keycloak's name for {@link JpaEntityProviderFactory}s. */
    private static final String SPI = "jpa-entity-provider";

    private static final String UNANSWERED = "unanswered-request-days";
    private static final String ANSWERED = "answered-request-days";
    private static final String ENDED_CONSENTS = "ended-consent-days";
    private static final String DELIVERIES = "closed-delivery-days";
    private static final String REPORTS = "report-days";
    private static final String INTERVAL = "housekeeping-interval-seconds";

    /** An app can show for a month what was missed. */
    private static final int DEFAULT_UNANSWERED = 30;

    /** Five years, leap years included: Directive (EU) 2015/2366 (PSD2), article 21. */
    private static final int DEFAULT_ANSWERED = 5 * 366;

    /**
     * Two years, leap years included: the history that the Payment Services Regulation, article 43, wants to be shown.
     */
    private static final int DEFAULT_ENDED_CONSENTS = 2 * 366;

    private static final int DEFAULT_DELIVERIES = 7;
    /** As long as the answers that they were counted from. */
    private static final int DEFAULT_REPORTS = 5 * 366;

    private static final int DEFAULT_INTERVAL = 10;
    private static final int MOST = 99_999;

    static Retention read(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(SPI, AssentEntitiesFactory.ID, config);
        return new Retention(
                Duration.ofDays(options.number(UNANSWERED, DEFAULT_UNANSWERED, 1, MOST)),
                Duration.ofDays(options.number(ANSWERED, DEFAULT_ANSWERED, 1, MOST)),
                Duration.ofDays(options.number(ENDED_CONSENTS, DEFAULT_ENDED_CONSENTS, 1, MOST)),
                Duration.ofDays(options.number(DELIVERIES, DEFAULT_DELIVERIES, 1, MOST)),
                Duration.ofDays(options.number(REPORTS, DEFAULT_REPORTS, 1, MOST)),
                Duration.ofSeconds(options.number(INTERVAL, DEFAULT_INTERVAL, 1, MOST)));
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(UNANSWERED)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_UNANSWERED)
                .helpText("The time after which an expired request is purged.")
                .add()
                .property()
                .name(ANSWERED)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_ANSWERED)
                .helpText("The time after which a decided request is purged.")
                .add()
                .property()
                .name(ENDED_CONSENTS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_ENDED_CONSENTS)
                .helpText("The time after which a consent that has ended is purged, with its history.")
                .add()
                .property()
                .name(DELIVERIES)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_DELIVERIES)
                .helpText("The time after which the result of a push or ping is purged.")
                .add()
                .property()
                .name(REPORTS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_REPORTS)
                .helpText("The time after which the daily figures of the reports are purged.")
                .add()
                .property()
                .name(INTERVAL)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_INTERVAL)
                .helpText("The interval at which one of the nodes purges old rows.")
                .add()
                .build();
    }
}
