package io.assent.benchmark.channel;

import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** The floor of anything: a channel that does nothing, so that a request costs what the stock endpoint costs. */
public final class NothingChannelFactory extends FloorChannelFactory {

    @Override
    Consumer<CIBAAuthenticationRequest> work(KeycloakSession session) {
        return request -> {};
    }

    @Override
    public String getId() {
        return "benchmark-nothing";
    }
}
