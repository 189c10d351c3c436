package io.assent.rest.browser;

import io.assent.link.LinkEvent;
import io.assent.link.LinkState;
import io.assent.link.Links;
import io.assent.rest.CallLimit;
import io.assent.server.AfterCommit;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import io.assent.server.AssentEventSpi;
import io.assent.server.ProviderOptions;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.services.resources.ShutdownDelayInitiatedEvent;

/** Holds the pages that wait on this node, and hears what happens to their links. */
public final class WaitsFactory implements AssentEventListenerFactory {

    static final String ID = "waits";

    private static final String MOST = "most";
    private static final int DEFAULT_MOST = 10_000;
    private static final int MOST_MOST = 1_000_000;

    /** A page asks when it was answered: some four times a minute, and a few times more where much happens. */
    private static final int CALLS_PER_MINUTE = 60;

    private Waits waits;
    private Sweep sweep;
    private final CallLimit calls = new CallLimit(CALLS_PER_MINUTE, InstantSource.system());

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        waits = new Waits(
                new ProviderOptions(AssentEventSpi.NAME, ID, config).number(MOST, DEFAULT_MOST, 1, MOST_MOST));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        sweep = new Sweep(waits, links -> read(factory, links));
        sweep.start();
        factory.register(event -> {
            if (event instanceof ShutdownDelayInitiatedEvent) {
                // the server would wait for them as for any call
                waits.end();
            }
        });
    }

    private static Map<String, Seen> read(KeycloakSessionFactory factory, Collection<String> links) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> Links.of(session).states(links).stream().collect(Collectors.toMap(LinkState::id, Seen::of)));
    }

    static WaitsFactory of(KeycloakSession session) {
        return (WaitsFactory) session.getKeycloakSessionFactory().getProviderFactory(AssentEventListener.class, ID);
    }

    Waits waits() {
        return waits;
    }

    CallLimit calls() {
        return calls;
    }

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return event -> hear(session, event);
    }

    private void hear(KeycloakSession session, AssentEvent event) {
        if (event instanceof LinkEvent changed) {
            new AfterCommit(session).run(List.of(changed.linkId()), sweep::changed);
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(MOST)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_MOST)
                .helpText("The number of login pages that can wait for the app at one node at a time. Further"
                        + " pages are answered at once, and retry after some seconds.")
                .add()
                .build();
    }

    @Override
    public void close() {
        if (sweep != null) {
            sweep.close();
        }
    }
}
