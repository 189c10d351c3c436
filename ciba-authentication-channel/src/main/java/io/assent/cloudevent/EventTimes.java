package io.assent.cloudevent;

import io.assent.server.AssentEventSpi;
import io.assent.server.ProviderOptions;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * How long events are kept. Read and checked once, at start.
 *
 * @param timeToLive how long an event is sent again and again until it is dead
 * @param deadFor how long a dead one is kept for staff
 */
record EventTimes(Duration timeToLive, Duration deadFor) {

    private static final String TIME_TO_LIVE = "time-to-live-minutes";
    private static final String DEAD_FOR = "dead-letter-days";

    private static final int DEFAULT_TIME_TO_LIVE = 3 * 24 * 60;
    private static final int DEFAULT_DEAD_FOR = 30;
    private static final int MOST_TIME_TO_LIVE = 30 * 24 * 60;
    private static final int MOST_DEAD_FOR = 3_660;

    static EventTimes read(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(AssentEventSpi.NAME, EventRecorderFactory.ID, config);
        return new EventTimes(
                Duration.ofMinutes(options.number(TIME_TO_LIVE, DEFAULT_TIME_TO_LIVE, 1, MOST_TIME_TO_LIVE)),
                Duration.ofDays(options.number(DEAD_FOR, DEFAULT_DEAD_FOR, 1, MOST_DEAD_FOR)));
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(TIME_TO_LIVE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_TIME_TO_LIVE)
                .helpText("The time for which an event is retried at a destination that does not take it.")
                .add()
                .property()
                .name(DEAD_FOR)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_DEAD_FOR)
                .helpText("The time for which a dead event is then kept, so that staff can send it again.")
                .add()
                .build();
    }
}
