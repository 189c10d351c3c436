package io.assent.outbox.jpa;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.outbox.Outbox;
import io.assent.outbox.OutboxEvent;
import io.assent.outbox.OutboxFactory;
import io.assent.outbox.PromiseHandlerFactory;
import io.assent.outbox.lane.Backoff;
import io.assent.outbox.lane.Bulkhead;
import io.assent.server.AfterMigration;
import io.assent.trace.Traces;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Wires {@link JpaOutbox}, holds the threads that send, and starts the {@link OutboxPoller}. */
public final class JpaOutboxFactory implements OutboxFactory {

    static final String ID = "jpa";

    private OutboxConfig config;
    private OutboxDispatcher dispatcher;
    private PromiseKeeper keeper;

    @Override
    public Outbox create(KeycloakSession session) {
        return new JpaOutbox(session, OutboxStore.of(session), dispatcher, keeper, config.lease());
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
        OutboxLog log = new OutboxLog();
        OutboxRows rows = new JpaOutboxRows(factory, config.lease(), log);
        dispatcher = new OutboxDispatcher(
                rows,
                event -> tell(factory, event, log),
                log,
                new Backoff(() -> ThreadLocalRandom.current().nextDouble()),
                config.lease(),
                lanes(factory),
                delivery -> handler(factory, delivery.kind()).target(delivery),
                Traces.of(factory));
        keeper = new PromiseKeeper(rows, dispatcher::dispatch, log, config.capacity());
        AfterMigration.schedule(
                factory,
                new ForgottenPromises(promiseKinds(factory), config.lease()),
                ForgottenPromises.INTERVAL.toMillis());
        AfterMigration.schedule(
                factory,
                new OutboxPoller(dispatcher, rows, log, config.lease()),
                config.sweepInterval().toMillis());
    }

    private static void tell(KeycloakSessionFactory factory, OutboxEvent event, OutboxLog log) {
        try {
            factory.publish(event);
        } catch (RuntimeException failure) {
            log.listenerFailed(failure);
        }
    }

    private static DeliveryHandlerFactory handler(KeycloakSessionFactory factory, String kind) {
        return (DeliveryHandlerFactory) factory.getProviderFactory(DeliveryHandler.class, kind);
    }

    private static List<String> promiseKinds(KeycloakSessionFactory factory) {
        return factory.getProviderFactoriesStream(DeliveryHandler.class)
                .filter(PromiseHandlerFactory.class::isInstance)
                .map(handler -> handler.getId())
                .toList();
    }

    private Map<String, Bulkhead> lanes(KeycloakSessionFactory factory) {
        return factory.getProviderFactoriesStream(DeliveryHandler.class)
                .map(DeliveryHandlerFactory.class::cast)
                .collect(Collectors.toMap(
                        handler -> handler.getId(),
                        handler -> new Bulkhead(
                                handler.getId(), config.threads(), config.capacity(), handler.concurrencyPerTarget())));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return OutboxConfig.metadata();
    }

    @Override
    public void close() {
        if (dispatcher != null) {
            keeper.close();
            dispatcher.close();
        }
    }
}
