package io.assent.server;

import java.util.Optional;
import org.keycloak.Config;

/**
 * The options of one provider, as an operator writes them: {@code --spi-<spi>--<provider>--<option>}. Whatever is wrong
 * with one is an {@link IllegalArgumentException} that names it and says what to set, which stops the server's start.
 */
public final class ProviderOptions {

    private final String spi;
    private final String provider;
    private final Config.Scope config;

    /** @param spi the name of the provider's SPI */
    public ProviderOptions(String spi, String provider, Config.Scope config) {
        this.spi = spi;
        this.provider = provider;
        this.config = config;
    }

    /** The option as it is written on the command line. */
    public String name(String option) {
        return "--spi-" + spi + "--" + provider + "--" + option;
    }

    /** The option's value, without space around it. */
    public Optional<String> text(String option) {
        return Optional.ofNullable(config.get(option)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /**
     * A whole number without leading zeros.
     *
     * @param least 0 or more
     * @param most 999999999 or less
     */
    public int number(String option, int byDefault, int least, int most) {
        String value = config.get(option, String.valueOf(byDefault)).trim();
        if (!value.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw wrong(option, "must be a whole number from %d to %d, not '%s'".formatted(least, most, value));
        }
        return Integer.parseInt(value);
    }

    /** What is wrong with an option. */
    public IllegalArgumentException wrong(String option, String complaint) {
        return new IllegalArgumentException(name(option) + " " + complaint);
    }
}
