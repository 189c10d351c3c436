package io.assent.egress;

import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.execchain.ClientExecChain;

/** Makes HTTP clients that call {@link OutsideHosts} alone. */
final class CheckedRoutes extends HttpClientBuilder {

    private final OutsideHosts hosts;

    CheckedRoutes(OutsideHosts hosts) {
        this.hosts = hosts;
        setDnsResolver(hosts);
    }

    @Override
    protected ClientExecChain decorateProtocolExec(ClientExecChain protocol) {
        return (route, request, context, execution) -> {
            hosts.check(route);
            return protocol.execute(route, request, context, execution);
        };
    }
}
