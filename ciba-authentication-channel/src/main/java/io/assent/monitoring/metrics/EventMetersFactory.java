package io.assent.monitoring.metrics;

import io.assent.server.AfterMigration;
import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import io.assent.server.AssentEventSpi;
import io.assent.server.ProviderOptions;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Wires all metrics of the pack to Keycloak's own endpoint. */
public final class EventMetersFactory implements AssentEventListenerFactory {

    private static final String ID = "metrics";
    private static final String CLIENTS = "clients";
    private static final int DEFAULT_CLIENTS = 200;

    /** As many as there are tags for clients, and some vendors. */
    private static final int VENDORS = 20;

    private static final Duration GAUGES_INTERVAL = Duration.ofSeconds(10);

    private int mostClients = DEFAULT_CLIENTS;
    private Meters meters;
    private Sources sources;

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new EventMeters(session, meters, sources);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        mostClients = new ProviderOptions(AssentEventSpi.NAME, ID, config).number(CLIENTS, DEFAULT_CLIENTS, 0, 99999);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        meters = new Meters(Metrics.globalRegistry);
        sources = new Sources(new BoundedNames(mostClients));
        OutboxMeters outbox = new OutboxMeters(meters, sources, new BoundedNames(mostClients + VENDORS));
        factory.register(outbox::onEvent);
        AfterMigration.schedule(factory, new OutboxGauges(Metrics.globalRegistry), GAUGES_INTERVAL.toMillis());
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(CLIENTS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_CLIENTS)
                .helpText("The number of clients that have metrics of their own on each node. All further clients"
                        + " are counted together as 'other'.")
                .add()
                .build();
    }
}
