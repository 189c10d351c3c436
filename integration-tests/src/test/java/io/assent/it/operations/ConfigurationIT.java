package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A misconfigured pack says at start what to set. What is wrong with each option is said by its record, and tested
 * there ({@code OutboxConfigTest}, {@code RetentionTest}, {@code CallLimitsTest}, {@code FcmConfigurationTest} and
 * more); that it stops the start is tested here, by the one that only a server with its deployed senders can find.
 */
class ConfigurationIT {

    @Test
    void aPlatformThatNoSenderIsDeployedForStopsTheStart() {
        String option = "--spi-consent-device--jpa--platforms";

        String said = startInVain(option + "=log,fmc");

        assertThat(said).contains(option, "fmc");
        // what would have been right
        assertThat(said.lines().filter(line -> line.contains("fmc")))
                .anySatisfy(line -> assertThat(line).contains("log", "sandbox"));
    }

    /** What a server says that is started with this option alone. */
    private static String startInVain(String option) {
        // after the shared server, whose augmentation it can use
        Servers.shared(Database.H2);
        try (Keycloak server = new Keycloak("misconfigured", Database.H2, List.of(), option)) {
            return server.startInVain();
        }
    }
}
