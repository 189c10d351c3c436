package io.assent.identity.http;

import io.assent.bank.EndpointOptions;
import io.assent.identity.UnavailableIdentityException;
import io.assent.identity.VerifiedIdentitySource;
import io.assent.identity.VerifiedIdentitySourceFactory;
import io.assent.identity.VerifiedIdentitySourceSpi;
import io.assent.server.ProviderOptions;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The source {@value #ID}: the bank's own endpoint says what was verified about a customer. */
public final class HttpIdentitySourceFactory implements VerifiedIdentitySourceFactory {

    static final String ID = "http";

    private Optional<IdentityEndpoint> endpoint = Optional.empty();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        endpoint = IdentityEndpoint.read(new ProviderOptions(VerifiedIdentitySourceSpi.NAME, ID, config));
    }

    @Override
    public VerifiedIdentitySource create(KeycloakSession session) {
        return endpoint.<VerifiedIdentitySource>map(HttpIdentitySource::new).orElse((realm, customer) -> {
            throw new UnavailableIdentityException(
                    "Set --spi-verified-identity-source--%s--%s".formatted(ID, EndpointOptions.ADDRESS));
        });
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return EndpointOptions.describe("The URL of the bank's endpoint.").build();
    }
}
