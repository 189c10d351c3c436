package io.assent.push;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.timer.TimerProvider;

/** Wires {@link JpaOutbox}, holds the threads that send, and starts the {@link Sweep}. */
public final class JpaOutboxFactory implements OutboxFactory {

    static final String ID = "jpa";

    private OutboxConfig config;
    private Dispatcher dispatcher;

    @Override
    public Outbox create(KeycloakSession session) {
        return new JpaOutbox(
                session,
                new OutboxStore(session.getProvider(JpaConnectionProvider.class).getEntityManager()),
                dispatcher,
                config.lease());
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope scope) {
        config = OutboxConfig.read(scope);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        dispatcher = new Dispatcher(
                factory,
                new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
                config.threads(),
                config.capacity());
        factory.register(event -> startSweeping(event, factory));
    }

    /** Not before the tables are there. */
    private void startSweeping(ProviderEvent event, KeycloakSessionFactory factory) {
        if (event instanceof PostMigrationEvent) {
            KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                    .scheduleTask(
                            new Sweep(dispatcher, config.lease()),
                            config.sweepInterval().toMillis()));
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return OutboxConfig.metadata();
    }

    @Override
    public void close() {
        if (dispatcher != null) {
            dispatcher.close();
        }
    }
}
