package io.assent.push.vendor;

import io.assent.outbox.DeliveryHandler.Attempt;
import java.time.Duration;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * How long a sender waits for its vendor. A send is three exchanges at most, so that it ends within three times the
 * {@link #total}, before another node may take the outbox's row over.
 *
 * @param connect how long a connection may take
 * @param read how long an answer may take, once connected
 */
public record SendTimeouts(Duration connect, Duration read) {

    /** The option for {@link #connect}, in milliseconds. */
    public static final String CONNECT = "connect-timeout";

    /** The option for {@link #read}, in milliseconds. */
    public static final String READ = "read-timeout";

    private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(2);
    private static final Duration DEFAULT_READ = Duration.ofSeconds(4);

    /** A third of the longest attempt. */
    private static final Duration LONGEST_TOTAL =
            Attempt.MAX_DURATION.minusSeconds(2).dividedBy(3);

    /** @throws IllegalArgumentException if they make no sense; its message says what to set */
    public static SendTimeouts read(SenderOptions options) {
        SendTimeouts timeouts = new SendTimeouts(
                options.millis(CONNECT).orElse(DEFAULT_CONNECT),
                options.millis(READ).orElse(DEFAULT_READ));
        if (timeouts.total().compareTo(LONGEST_TOTAL) > 0) {
            throw options.wrong(
                    CONNECT,
                    "and %s must be %d ms or less together, not %d"
                            .formatted(
                                    options.name(READ),
                                    LONGEST_TOTAL.toMillis(),
                                    timeouts.total().toMillis()));
        }
        return timeouts;
    }

    /** How long one exchange with the vendor may take altogether. */
    public Duration total() {
        return connect.plus(read);
    }

    /** Describes the two options. */
    public static ProviderConfigurationBuilder describe(ProviderConfigurationBuilder builder) {
        return builder.property()
                .name(CONNECT)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_CONNECT.toMillis())
                .helpText("The timeout of a connection, in milliseconds.")
                .add()
                .property()
                .name(READ)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_READ.toMillis())
                .helpText("The timeout of an answer after the connection, in milliseconds. Both together: at most "
                        + LONGEST_TOTAL.toMillis() + ".")
                .add();
    }
}
