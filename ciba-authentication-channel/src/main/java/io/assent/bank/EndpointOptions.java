package io.assent.bank;

import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * How an endpoint of the bank is called.
 *
 * @param customer by what it knows a customer
 * @param timeout how long a call may take in all
 * @param calls how many may be under way at once
 */
public record EndpointOptions(
        CustomerAttribute customer, Credentials credentials, Duration connectTimeout, Duration timeout, int calls) {

    public static final String ADDRESS = "address";
    public static final String CUSTOMER_ATTRIBUTE = "customer-attribute";
    public static final String BEARER_TOKEN_FILE = "bearer-token-file";
    public static final String KEY_STORE_FILE = "key-store-file";
    public static final String KEY_STORE_PASSWORD_FILE = "key-store-password-file";
    public static final String TIMEOUT = "timeout";
    public static final String CALLS = "concurrent-calls";
    private static final String KEY_STORE_TYPE = "key-store-type";
    private static final String CONNECT_TIMEOUT = "connect-timeout";

    private static final List<String> WORTH_NOTHING_ALONE =
            List.of(CUSTOMER_ATTRIBUTE, BEARER_TOKEN_FILE, KEY_STORE_FILE, KEY_STORE_PASSWORD_FILE);

    /**
     * @return the address that is set; empty where none is, and the endpoint is not used
     * @throws IllegalArgumentException if something else is set without it
     */
    public static Optional<String> address(ProviderOptions options) {
        Optional<String> address = options.text(ADDRESS);
        if (address.isEmpty()) {
            WORTH_NOTHING_ALONE.stream()
                    .filter(option -> options.text(option).isPresent())
                    .findFirst()
                    .ifPresent(lone -> {
                        throw options.wrong(lone, "is set, but " + options.name(ADDRESS) + " is not: set it too");
                    });
        }
        return address;
    }

    /**
     * @param onThisMachine whether the address is: then nobody has to show who asks
     * @throws IllegalArgumentException if the settings make no sense; its message says what to set
     */
    public static EndpointOptions read(ProviderOptions options, boolean onThisMachine) {
        int timeout = options.number(TIMEOUT, 2_000, 100, 10_000);
        return new EndpointOptions(
                new CustomerAttribute(options.text(CUSTOMER_ATTRIBUTE).orElse(CustomerAttribute.ID)),
                credentials(options, onThisMachine),
                Duration.ofMillis(options.number(CONNECT_TIMEOUT, Math.min(1_000, timeout), 100, timeout)),
                Duration.ofMillis(timeout),
                options.number(CALLS, 8, 1, 100));
    }

    /**
     * An endpoint that is called so.
     *
     * @throws IllegalArgumentException if the key store can't be used
     */
    public Endpoint connect(ProviderOptions options) {
        try {
            return new Endpoint(this);
        } catch (IOException unusable) {
            throw options.wrong(
                    KEY_STORE_FILE,
                    "can't be used (%s): name a key store with a key, and a file with its password"
                            .formatted(unusable.getClass().getSimpleName()));
        }
    }

    /**
     * What each option does, for the operator. More can be added.
     *
     * @param address what the endpoint's address is
     */
    public static ProviderConfigurationBuilder describe(String address) {
        ProviderConfigurationBuilder options = ProviderConfigurationBuilder.create();
        describe(options, ADDRESS, address);
        describe(
                options,
                CUSTOMER_ATTRIBUTE,
                "The attribute that identifies a customer at the endpoint: id, username, or a user"
                        + " attribute that no customer can edit.");
        describe(
                options,
                BEARER_TOKEN_FILE,
                "The path of a file with the bearer token to send. It is read for each call.");
        describe(options, KEY_STORE_FILE, "The path of a key store with the client certificate and its key.");
        describe(options, KEY_STORE_PASSWORD_FILE, "The path of a file with the key store's password.");
        describe(options, KEY_STORE_TYPE, "The type of the key store. Default: PKCS12.");
        describe(options, CONNECT_TIMEOUT, "The timeout of a connection, in milliseconds. Default: 1000.");
        describe(options, TIMEOUT, "The timeout of a whole call, in milliseconds. Default: 2000.");
        describe(options, CALLS, "The largest number of calls of a node at a time. Further calls fail. Default: 8.");
        return options;
    }

    /** What one option does. */
    public static void describe(ProviderConfigurationBuilder options, String name, String help) {
        options.property()
                .name(name)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText(help)
                .add();
    }

    private static Credentials credentials(ProviderOptions options, boolean onThisMachine) {
        Credentials credentials = new Credentials(path(options, BEARER_TOKEN_FILE), keys(options));
        if (credentials.isEmpty() && !onThisMachine) {
            throw options.wrong(
                    ADDRESS,
                    "is on another machine, which has to know who asks: set %s or %s"
                            .formatted(options.name(BEARER_TOKEN_FILE), options.name(KEY_STORE_FILE)));
        }
        try {
            credentials.token();
        } catch (IOException unusable) {
            throw options.wrong(
                    BEARER_TOKEN_FILE,
                    "can't be used (%s): name a file with a bearer token, which the server's user may read"
                            .formatted(unusable.getClass().getSimpleName()));
        }
        return credentials;
    }

    private static Optional<Credentials.Keys> keys(ProviderOptions options) {
        Optional<Path> file = path(options, KEY_STORE_FILE);
        Optional<Path> password = path(options, KEY_STORE_PASSWORD_FILE);
        if (file.isPresent() != password.isPresent()) {
            throw options.wrong(
                    file.isPresent() ? KEY_STORE_FILE : KEY_STORE_PASSWORD_FILE,
                    "is set alone: set %s and %s"
                            .formatted(options.name(KEY_STORE_FILE), options.name(KEY_STORE_PASSWORD_FILE)));
        }
        return file.map(found -> new Credentials.Keys(
                found, password.orElseThrow(), options.text(KEY_STORE_TYPE).orElse("PKCS12")));
    }

    private static Optional<Path> path(ProviderOptions options, String option) {
        return options.text(option).map(name -> {
            try {
                return Path.of(name);
            } catch (InvalidPathException notOne) {
                throw options.wrong(option, "must be the path of a file");
            }
        });
    }
}
