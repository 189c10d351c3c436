package io.assent.account.http;

import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the account source {@code http}.
 *
 * @param timeout how long a call may take in all
 * @param calls how many may be under way at once
 * @param kept how long an answer may be shown; zero for not at all
 */
record HttpOptions(
        AddressTemplate address,
        CustomerAttribute customer,
        Credentials credentials,
        Duration connectTimeout,
        Duration timeout,
        int calls,
        Duration kept) {

    static final String ADDRESS = "address";
    static final String CUSTOMER_ATTRIBUTE = "customer-attribute";
    static final String BEARER_TOKEN_FILE = "bearer-token-file";
    static final String KEY_STORE_FILE = "key-store-file";
    static final String KEY_STORE_PASSWORD_FILE = "key-store-password-file";
    static final String KEY_STORE_TYPE = "key-store-type";
    static final String CONNECT_TIMEOUT = "connect-timeout";
    static final String TIMEOUT = "timeout";
    static final String CALLS = "concurrent-calls";
    static final String CACHE_SECONDS = "cache-seconds";

    private static final List<String> WORTH_NOTHING_ALONE =
            List.of(CUSTOMER_ATTRIBUTE, BEARER_TOKEN_FILE, KEY_STORE_FILE, KEY_STORE_PASSWORD_FILE);

    /**
     * @return empty where no address is set: the source is not used
     * @throws IllegalArgumentException if the settings make no sense; its message says what to set
     */
    static Optional<HttpOptions> read(ProviderOptions options) {
        Optional<String> address = options.text(ADDRESS);
        if (address.isEmpty()) {
            WORTH_NOTHING_ALONE.stream()
                    .filter(option -> options.text(option).isPresent())
                    .findFirst()
                    .ifPresent(lone -> {
                        throw options.wrong(lone, "is set, but " + options.name(ADDRESS) + " is not: set it too");
                    });
            return Optional.empty();
        }
        AddressTemplate template = new AddressTemplate(address.get());
        template.flaw().ifPresent(flaw -> {
            throw options.wrong(ADDRESS, flaw);
        });
        int timeout = options.number(TIMEOUT, 2_000, 100, 10_000);
        return Optional.of(new HttpOptions(
                template,
                new CustomerAttribute(options.text(CUSTOMER_ATTRIBUTE).orElse(CustomerAttribute.ID)),
                credentials(options, template),
                Duration.ofMillis(options.number(CONNECT_TIMEOUT, Math.min(1_000, timeout), 100, timeout)),
                Duration.ofMillis(timeout),
                options.number(CALLS, 8, 1, 100),
                Duration.ofSeconds(options.number(CACHE_SECONDS, 60, 0, 300))));
    }

    private static Credentials credentials(ProviderOptions options, AddressTemplate address) {
        Credentials credentials = new Credentials(path(options, BEARER_TOKEN_FILE), keys(options));
        if (credentials.isEmpty() && !address.isOnThisMachine()) {
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
