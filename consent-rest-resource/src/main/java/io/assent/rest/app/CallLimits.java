package io.assent.rest.app;

import io.assent.rest.CallLimit;
import io.assent.rest.CallLimit.Excess;
import io.assent.rest.Caller;
import io.assent.rest.OpenBodies;
import io.assent.server.ProviderOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * What one customer, and one client, can do on one node in a minute. Read and checked once, at start.
 *
 * @param decisions attempts to answer a request, in one session
 * @param decisionsOfCustomer the same in all sessions of a customer together, so that one leaves something to the
 *     others
 * @param deviceCalls calls about devices of any kind
 * @param grantCalls a client's calls about what was granted to it
 * @param reads calls about requests and consents that read, or change a consent
 * @param bodies what is being read of calls
 */
record CallLimits(
        CallLimit decisions,
        CallLimit decisionsOfCustomer,
        CallLimit deviceCalls,
        CallLimit grantCalls,
        CallLimit reads,
        OpenBodies bodies) {

    /** Keycloak's name for what is served below a realm. */
    private static final String SPI = "realm-restapi-extension";

    private static final String DECISIONS = "decisions-per-minute";
    private static final String DEVICE_CALLS = "device-calls-per-minute";

    private static final String GRANT_CALLS = "grant-calls-per-minute";

    private static final String READS = "reads-per-minute";

    private static final String BODY_MILLIS = "body-timeout-millis";

    private static final int DEFAULT = 60;

    private static final int DEFAULT_READS = 600;

    private static final int DEFAULT_BODY_MILLIS = (int) OpenBodies.USUAL_DEADLINE.toMillis();

    private static final int LEAST_BODY_MILLIS = 100;
    private static final int MOST_BODY_MILLIS = 60_000;

    /** A client has many customers. */
    private static final int DEFAULT_GRANT_CALLS = 600;

    private static final int MOST = 999_999;

    /** What all sessions of a customer have together, in terms of what one has. */
    private static final int SESSIONS = 5;

    /**
     * Counts an attempt to answer, or what is like one. What is too much for its session takes nothing from the others.
     *
     * @return what is to be said of it, if it is one too many
     */
    Optional<Excess> excess(Caller caller) {
        return caller.countInSession(decisions).or(() -> caller.count(decisionsOfCustomer));
    }

    static CallLimits read(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(SPI, ConsentResourceProviderFactory.ID, config);
        return new CallLimits(
                limit(options, DECISIONS, DEFAULT, 1),
                limit(options, DECISIONS, DEFAULT, SESSIONS),
                limit(options, DEVICE_CALLS, DEFAULT, 1),
                limit(options, GRANT_CALLS, DEFAULT_GRANT_CALLS, 1),
                limit(options, READS, DEFAULT_READS, 1),
                new OpenBodies(Duration.ofMillis(
                        options.number(BODY_MILLIS, DEFAULT_BODY_MILLIS, LEAST_BODY_MILLIS, MOST_BODY_MILLIS))));
    }

    private static CallLimit limit(ProviderOptions options, String name, int byDefault, int times) {
        return new CallLimit(options.number(name, byDefault, 1, MOST) * times, InstantSource.system());
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(DECISIONS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT)
                .helpText("The number of decisions that a customer's session can send to one node in a minute."
                        + " All sessions of the customer together can send five times as many. A denial of a"
                        + " pending request is never refused.")
                .add()
                .property()
                .name(DEVICE_CALLS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT)
                .helpText("The number of calls about devices that a customer can send to one node in a minute.")
                .add()
                .property()
                .name(GRANT_CALLS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_GRANT_CALLS)
                .helpText("The number of calls about grants that a client can send to one node in a minute.")
                .add()
                .property()
                .name(READS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_READS)
                .helpText("The number of calls that a customer can send to one node in a minute to read requests"
                        + " or consents, or to change a consent.")
                .add()
                .property()
                .name(BODY_MILLIS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_BODY_MILLIS)
                .helpText("The timeout for the whole body of a call, in milliseconds.")
                .add()
                .build();
    }
}
