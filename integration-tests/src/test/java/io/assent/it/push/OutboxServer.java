package io.assent.it.push;

import io.assent.fake.fcm.FcmFake;
import io.assent.fake.sns.SnsFake;
import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A server that pushes to fakes of both vendors, on PostgreSQL. It is started when it is first asked for, and ends with
 * the tests' own process; what changes how a fake behaves must not run beside another test on it.
 */
record OutboxServer(FcmFake fcm, SnsFake sns, Keycloak keycloak) {

    static final Duration LEASE = Duration.ofSeconds(20);

    private static final String ANDROID = "arn:aws:sns:eu-central-1:123456789012:app/GCM/bank";

    private static OutboxServer running;

    static synchronized OutboxServer shared() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    private static OutboxServer start() {
        FcmFake fcm = FcmFake.start();
        SnsFake sns = SnsFake.start();
        Path key = Distribution.TARGET.resolve("fcm-key.json").toAbsolutePath();
        try {
            Files.createDirectories(key.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fcm.writeServiceAccount(key);
        Keycloak keycloak = new Keycloak(
                "outbox",
                Database.POSTGRESQL,
                List.of(Servers.realmFile().expiringAfter(900).polledEvery(1)),
                "--spi-push-sender--fcm--service-account=" + key,
                "--spi-push-sender--fcm--endpoint=" + fcm.uri(),
                "--spi-push-sender--sns--android-application-arn=" + ANDROID,
                "--spi-push-sender--sns--endpoint=" + sns.uri(),
                "--spi-consent-outbox--jpa--lease-seconds=" + LEASE.toSeconds(),
                "--log-level=INFO,io.assent.outbox:DEBUG");
        return new OutboxServer(fcm, sns, keycloak.start());
    }
}
