package io.assent.push.vendor;

import io.assent.push.PushSenderSpi;
import io.assent.server.Loopback;
import io.assent.server.ProviderOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The options of one push sender, as an operator writes them: {@code --spi-push-sender--<id>--<name>}. Whatever is
 * wrong with one is an {@link IllegalArgumentException} that names it and says what to set, which stops the server's
 * start.
 */
public final class SenderOptions {

    private final ProviderOptions options;

    public SenderOptions(String sender, Config.Scope config) {
        options = new ProviderOptions(PushSenderSpi.NAME, sender, config);
    }

    /** The option as it is written on the command line. */
    public String name(String option) {
        return options.name(option);
    }

    /** The option's value, without space around it. */
    public Optional<String> text(String option) {
        return options.text(option);
    }

    /** A yes or no. */
    public Optional<Boolean> flag(String option) {
        return text(option).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(option, "must be true or false, not '" + value + "'");
        });
    }

    /** A duration in whole milliseconds, one or more. */
    public Optional<Duration> millis(String option) {
        return text(option).map(value -> {
            if (!value.matches("[1-9][0-9]{0,8}")) {
                throw wrong(option, "must be a whole number of milliseconds, 1 or more, not '" + value + "'");
            }
            return Duration.ofMillis(Integer.parseInt(value));
        });
    }

    /** The URL of a server to talk to instead of the vendor's. */
    public Optional<URI> endpoint(String option) {
        return text(option).map(value -> {
            try {
                URI endpoint = new URI(value);
                if (!isSafe(endpoint)) {
                    throw wrong(
                            option,
                            "must be an https URL such as https://proxy.bank.example, or an http URL of this machine"
                                    + " such as http://127.0.0.1:9000, not '" + value + "'");
                }
                return endpoint;
            } catch (URISyntaxException notOne) {
                throw wrong(option, "must be a URL such as https://proxy.bank.example, not '" + value + "'");
            }
        });
    }

    /** What is wrong with an option. */
    public IllegalArgumentException wrong(String option, String complaint) {
        return options.wrong(option, complaint);
    }

    /** Whether credentials may go there: over TLS, or without leaving this machine. */
    public static boolean isSafe(URI url) {
        if (url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            return false;
        }
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && Loopback.isHost(url.getHost());
    }
}
