package io.assent.account.http;

import io.assent.bank.EndpointOptions;
import io.assent.server.ProviderOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the account source {@code http}.
 *
 * @param kept how long an answer may be shown; zero for not at all
 */
record HttpOptions(AddressTemplate address, EndpointOptions endpoint, Duration kept) {

    static final String CACHE_SECONDS = "cache-seconds";

    /**
     * @return empty where no address is set: the source is not used
     * @throws IllegalArgumentException if the settings make no sense; its message says what to set
     */
    static Optional<HttpOptions> read(ProviderOptions options) {
        return EndpointOptions.address(options).map(address -> {
            AddressTemplate template = new AddressTemplate(address);
            template.flaw().ifPresent(flaw -> {
                throw options.wrong(EndpointOptions.ADDRESS, flaw);
            });
            return new HttpOptions(
                    template,
                    EndpointOptions.read(options, template.isOnThisMachine()),
                    Duration.ofSeconds(options.number(CACHE_SECONDS, 60, 0, 300)));
        });
    }
}
