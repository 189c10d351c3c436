package io.assent.sandbox;

import io.assent.rest.OpenBodies;
import io.assent.sandbox.bank.Ledger;
import io.assent.sandbox.stream.Streams;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves {@code /realms/{realm}/sandbox}, and holds the streams that its pages listen to, and what its bank did. */
public final class SandboxResourceProviderFactory implements RealmResourceProviderFactory {

    /** As long as the app's API gives it. */
    private static final Duration BODY_DEADLINE = Duration.ofSeconds(2);

    private final Ledger ledger = new Ledger();
    private OpenBodies bodies;
    private Streams streams;

    /** The streams of the server that the session belongs to. */
    static Streams streams(KeycloakSession session) {
        SandboxResourceProviderFactory factory = (SandboxResourceProviderFactory)
                session.getKeycloakSessionFactory().getProviderFactory(RealmResourceProvider.class, Sandbox.ID);
        return factory.streams;
    }

    @Override
    public String getId() {
        return Sandbox.ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Not in init, which also runs at build time, where a thread would be in the way.
        streams = new Streams();
        bodies = new OpenBodies(BODY_DEADLINE);
        // The server waits for open requests before it closes its factories, and a stream is a request that never ends.
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close, "assent-sandbox-shutdown"));
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new SandboxResourceProvider(session, streams, ledger, bodies);
    }

    @Override
    public void close() {
        if (streams != null) {
            streams.close();
            bodies.close();
        }
    }
}
