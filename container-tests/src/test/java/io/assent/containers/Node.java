package io.assent.containers;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import io.assent.testing.actor.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.Network;

/** A container of the {@link Image}, locked down as {@code docker/compose.yaml} does it. */
final class Node implements Server {

    private static final long MEMORY = 1L << 30;

    private final KeycloakContainer container;

    /** A node that is not started yet. */
    Node(Network network) {
        container = new KeycloakContainer(Image.name())
                .withProductionMode()
                .withOptimizedFlag()
                .withAdminUsername(ADMIN)
                .withAdminPassword(ADMIN)
                .withStartupTimeout(Duration.ofMinutes(4))
                .withNetwork(network)
                .withEnv("KC_DB_URL_HOST", Cluster.DATABASE)
                .withEnv("KC_DB_USERNAME", Cluster.DATABASE)
                .withEnv("KC_DB_PASSWORD", Cluster.DATABASE)
                // one for all nodes, so that each takes the tokens of the other
                .withEnv("KC_HOSTNAME", "http://bank.example")
                .withEnv("KC_HTTP_ENABLED", "true")
                // the TPP is in the nodes' own network, which is inside
                .withEnv("KC_SPI_CONNECTIONS_HTTP_CLIENT__CLIENT_ENDPOINTS__ALLOWED_HOSTS", PingContainer.HOST)
                .withTmpFs(Map.of("/tmp", "", "/opt/keycloak/data", ""))
                .withCreateContainerCmdModifier(command -> lockDown(command.getHostConfig()));
    }

    void start() {
        container.start();
    }

    @Override
    public URI uri(String path) {
        return URI.create(container.getAuthServerUrl() + path);
    }

    @Override
    public String said() {
        return container.getLogs();
    }

    /** A path of the management interface, which is not for the public. */
    URI managementUri(String path) {
        return URI.create(container.getMgmtServerUrl() + path);
    }

    /** Runs a command in the container. */
    ExecResult run(String... command) {
        try {
            return container.execInContainer(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the engine knows of its health: {@code starting}, {@code healthy} or {@code unhealthy}. */
    String health() {
        return container.getCurrentContainerInfo().getState().getHealth().getStatus();
    }

    private static void lockDown(HostConfig host) {
        host.withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withMemory(MEMORY);
    }
}
