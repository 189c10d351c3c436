package io.assent.push;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Wires {@link MemoryOutbox} and holds the threads that send. */
public final class MemoryOutboxFactory implements OutboxFactory {

    private static final String ID = "memory";
    private static final String THREADS = "threads";
    private static final int DEFAULT_THREADS = 8;
    private static final String CAPACITY = "capacity";
    private static final int DEFAULT_CAPACITY = 10_000;

    private int threads;
    private int capacity;
    private Dispatcher dispatcher;

    @Override
    public Outbox create(KeycloakSession session) {
        return new MemoryOutbox(session, dispatcher);
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        threads = positive(config, THREADS, DEFAULT_THREADS);
        capacity = positive(config, CAPACITY, DEFAULT_CAPACITY);
    }

    private static int positive(Config.Scope config, String name, int byDefault) {
        String value = config.get(name, String.valueOf(byDefault)).trim();
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("--spi-%s--%s--%s must be a whole number of 1 or more, not '%s'"
                    .formatted(OutboxSpi.NAME, ID, name, value));
        }
        return Integer.parseInt(value);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        dispatcher = new Dispatcher(
                factory, new Backoff(() -> ThreadLocalRandom.current().nextDouble()), threads, capacity);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(THREADS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_THREADS)
                .helpText("How many pushes and pings are sent at once.")
                .add()
                .property()
                .name(CAPACITY)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_CAPACITY)
                .helpText("How many pushes and pings may wait to be sent, or sent again.")
                .add()
                .build();
    }

    @Override
    public void close() {
        if (dispatcher != null) {
            dispatcher.close();
        }
    }
}
