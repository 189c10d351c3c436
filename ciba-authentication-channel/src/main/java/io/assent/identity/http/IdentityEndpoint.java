package io.assent.identity.http;

import io.assent.bank.CustomerAttribute;
import io.assent.bank.Endpoint;
import io.assent.bank.EndpointOptions;
import io.assent.bank.Reply;
import io.assent.identity.UnavailableIdentityException;
import io.assent.identity.VerifiedIdentity;
import io.assent.identity.http.IdentitiesJson.Reading;
import io.assent.server.Loopback;
import io.assent.server.ProviderOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.keycloak.util.JsonSerialization;

/** Where the bank says what it verified. The customer's id is in the body of the call: addresses are logged. */
record IdentityEndpoint(URI address, CustomerAttribute customer, Endpoint endpoint) {

    /**
     * @return empty where no address is set: the source is not used
     * @throws IllegalArgumentException if the settings make no sense; its message says what to set
     */
    static Optional<IdentityEndpoint> read(ProviderOptions options) {
        return EndpointOptions.address(options).map(text -> {
            URI address = uri(text)
                    .orElseThrow(() -> options.wrong(
                            EndpointOptions.ADDRESS,
                            "must be a URL such as https://kyc.bank.example/verified, without user and fragment:"
                                    + " https, or http of this machine"));
            EndpointOptions read = EndpointOptions.read(options, Loopback.isHost(address.getHost()));
            return new IdentityEndpoint(address, read.customer(), read.connect(options));
        });
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean safe = uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && Loopback.isHost(uri.getHost()));
            return Optional.of(uri).filter(one -> safe && one.getUserInfo() == null && one.getRawFragment() == null);
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    /** @param known by what the bank knows the customer; empty where it can't be told */
    List<VerifiedIdentity> ask(String realm, Optional<String> known) throws UnavailableIdentityException {
        String id = known.orElseThrow(
                () -> unavailable("a customer has no value of '%s', or several: set it, or set %s to another"
                        .formatted(customer.name(), EndpointOptions.CUSTOMER_ATTRIBUTE)));
        String body = JsonSerialization.createObjectNode()
                .put("realm", realm)
                .put("customer", id)
                .toString();
        Reply reply = endpoint.ask(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        if (reply instanceof Reply.None none) {
            throw unavailable(none.why());
        }
        Reading reading = IdentitiesJson.read(((Reply.Answered) reply).json());
        if (reading instanceof Reading.Flaw flaw) {
            throw unavailable(flaw.what());
        }
        return ((Reading.Read) reading).identities();
    }

    private static UnavailableIdentityException unavailable(String why) {
        return new UnavailableIdentityException(
                "The source '%s' has no answer: %s. See --spi-verified-identity-source--%s--%s"
                        .formatted(
                                HttpIdentitySourceFactory.ID,
                                why,
                                HttpIdentitySourceFactory.ID,
                                EndpointOptions.ADDRESS));
    }
}
