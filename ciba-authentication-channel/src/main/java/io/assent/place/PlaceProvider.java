package io.assent.place;

import io.assent.api.PublicApi;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.provider.Provider;

/**
 * Knows where an address is, as a bank's own or bought register says. None is built in: without one no place is shown.
 *
 * <p>Called while a customer reads a request, in the server's thread: it answers at once, from memory.
 */
@PublicApi
public interface PlaceProvider extends Provider {

    /**
     * @param address of the browser, as the server sees it; may be of a private network, or no address at all
     * @param language which the customer reads
     * @return a text for the customer, such as <i>Berlin, Germany</i>, of at most {@value Places#MAX_LENGTH}
     *     characters; empty where it is not known
     */
    Optional<String> place(String address, Locale language);

    @Override
    default void close() {}
}
