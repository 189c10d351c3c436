package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A misconfigured pack says at start what to set. */
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

    @Test
    void anOutboxThatCouldSendNothingStopsTheStart() {
        String option = "--spi-consent-outbox--jpa--threads";

        String said = startInVain(option + "=0");

        assertThat(said.lines().filter(line -> line.contains(option)))
                .anySatisfy(line -> assertThat(line).contains("from 1", "'0'"));
    }

    @Test
    void aTimeToKeepRequestsThatIsNoneStopsTheStart() {
        String option = "--spi-jpa-entity-provider--assent--answered-request-days";

        String said = startInVain(option + "=0");

        assertThat(said.lines().filter(line -> line.contains(option)))
                .anySatisfy(line -> assertThat(line).contains("from 1", "'0'"));
    }

    @Test
    void aLimitThatIsNoneStopsTheStart() {
        String option = "--spi-realm-restapi-extension--consent--decisions-per-minute";

        String said = startInVain(option + "=many");

        assertThat(said.lines().filter(line -> line.contains(option)))
                .anySatisfy(line -> assertThat(line).contains("from 1", "'many'"));
    }

    @Test
    void credentialsOfFcmThatAreNoneStopTheStartAndAreNotRepeated() throws IOException {
        String option = "--spi-push-sender--fcm--service-account";
        Path key = Files.createDirectories(Distribution.TARGET).resolve("no-fcm-key.json");
        Files.deleteIfExists(key);

        assertThat(startInVain(option + "=" + key.toAbsolutePath())).contains(option, "does not exist");

        Files.writeString(key, "{\"type\":\"service_account\",\"private_key\":\"a-secret\"");
        assertThat(startInVain(option + "=" + key.toAbsolutePath()))
                .contains(option, "it is not JSON")
                .doesNotContain("a-secret");
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
