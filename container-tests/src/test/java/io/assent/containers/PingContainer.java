package io.assent.containers;

import io.assent.testing.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/** The {@link PingPrinter} in the network of the nodes, on the Java of their image. */
final class PingContainer implements AutoCloseable {

    static final String HOST = "tpp";

    private final GenericContainer<?> container;

    PingContainer(Network network) {
        String program = PingPrinter.class.getName().replace('.', '/') + ".class";
        container = new GenericContainer<>(Image.name())
                .withNetwork(network)
                .withNetworkAliases(HOST)
                .withCopyFileToContainer(MountableFile.forClasspathResource(program), "/program/" + program)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint("java", "-cp", "/program"))
                .withCommand(PingPrinter.class.getName())
                .waitingFor(Wait.forLogMessage(".*" + PingPrinter.READY + ".*", 1));
        container.start();
    }

    URI endpoint() {
        return URI.create("http://" + HOST + ":" + PingPrinter.PORT + "/ciba/ping");
    }

    /** All pings so far, when the first has come, which it must in time. */
    List<String> await(Duration limit) {
        return Eventually.within(limit, "a ping", this::pings, pings -> !pings.isEmpty());
    }

    /** All pings so far. */
    List<String> pings() {
        return container
                .getLogs()
                .lines()
                .filter(line -> line.startsWith(PingPrinter.PING))
                .map(line -> line.substring(PingPrinter.PING.length()))
                .toList();
    }

    @Override
    public void close() {
        container.stop();
    }
}
