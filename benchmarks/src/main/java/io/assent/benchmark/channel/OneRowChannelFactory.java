package io.assent.benchmark.channel;

import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** The floor of anything that survives a restart: a channel that inserts one row in the request's transaction. */
public final class OneRowChannelFactory extends FloorChannelFactory {

    @Override
    Consumer<CIBAAuthenticationRequest> work(KeycloakSession session) {
        return request -> session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .persist(new RowEntity(session.getContext().getRealm().getId(), request));
    }

    @Override
    public String getId() {
        return "benchmark-one-row";
    }
}
