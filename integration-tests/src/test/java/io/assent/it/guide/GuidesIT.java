package io.assent.it.guide;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.Ports;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people read first can be followed to the letter, on a server as {@code ./run.sh --metrics} starts it. */
class GuidesIT {

    private static final int MANAGEMENT = Ports.free();

    private static final Keycloak SERVER = new Keycloak(
            "guides",
            Database.H2,
            List.of(RealmFile.shipped()),
            "--metrics-enabled=true",
            "--http-management-port=" + MANAGEMENT);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @FieldSource("io.assent.it.guide.Guide#PAGES")
    void everyCommandDoesWhatThePageSays(String page) throws Exception {
        assumeTrue(Guide.canRun(), "needs bash, curl, jq and openssl");

        Guide.of(
                        Path.of("..", "docs", page),
                        Map.of(
                                "http://localhost:8080",
                                SERVER.uri("").toString(),
                                "http://localhost:9000/metrics",
                                "http://127.0.0.1:" + MANAGEMENT + "/metrics"))
                .run(Duration.ofMinutes(3));
    }
}
