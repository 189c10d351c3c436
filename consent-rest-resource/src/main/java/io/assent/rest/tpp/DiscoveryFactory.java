package io.assent.rest.tpp;

import io.assent.request.ConsentApp;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/** Makes {@link GrantManagementMetadata} of a stock document, which stays there under its own id. */
abstract sealed class DiscoveryFactory implements WellKnownProviderFactory
        permits OpenIdConfigurationFactory, AuthorizationServerMetadataFactory {

    private final ConsentApp app = new ConsentApp();
    private final String stock;
    private final boolean serverMetadata;

    /** @param stock the id of the stock provider, and its alias */
    DiscoveryFactory(String stock, boolean serverMetadata) {
        this.stock = stock;
        this.serverMetadata = serverMetadata;
    }

    @Override
    public WellKnownProvider create(KeycloakSession session) {
        return new GrantManagementMetadata(session, app, session.getProvider(WellKnownProvider.class, stock));
    }

    @Override
    public String getId() {
        return "assent-" + stock;
    }

    @Override
    public String getAlias() {
        return stock;
    }

    /** The lowest is served: before the stock provider's 100, and behind a bank's own, which has 1. */
    @Override
    public int getPriority() {
        return 50;
    }

    @Override
    public boolean isAvailableViaServerMetadata() {
        return serverMetadata;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
