package io.assent.containers;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;

/** What is in the image, what it may do, when it is well, and that both journeys work on it with PostgreSQL. */
class ImageIT {

    private final Cluster cluster = Cluster.running();
    private final Node node = cluster.first();
    private final Realm bank = node.realm(Servers.BANK);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void thePackIsInItAndTheSandboxIsNot() {
        assertThat(node.run("bash", "-c", "cd /opt/keycloak/providers && printf '%s\\n' *.jar")
                        .getStdout()
                        .lines())
                .containsExactlyInAnyOrderElementsOf(
                        Image.MODULES.stream().map(Image::jar).toList());
        assertThat(Http.send(Http.request(bank.uri("/sandbox/phone"))).status()).isEqualTo(404);
    }

    @Test
    void itIsTheKeycloakThatTheProjectIsBuiltForUnlessSomebodyChoseAnother() throws IOException {
        String version = System.getProperty("assent.keycloak.version");
        assertThat(Files.readString(Image.ROOT.resolve("docker/Dockerfile")))
                .contains("ARG KEYCLOAK_VERSION=" + version);
        assertThat(Files.readString(Image.ROOT.resolve("docker/compose.yaml")))
                .contains("${KEYCLOAK_VERSION:-" + version + "}");

        if (!Image.isGiven()) {
            assertThat(node.run("cat", "/opt/keycloak/version.txt").getStdout()).contains(version);
        }
    }

    @Test
    void itRunsAsTheImagesUserWithNoPrivilegeAndChangesNothingOfItself() {
        assertThat(node.run("id", "-u").getStdout().trim()).isEqualTo("1000");
        assertThat(node.run("grep", "-E", "CapEff|NoNewPrivs", "/proc/1/status")
                        .getStdout()
                        .lines()
                        .map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly("CapEff: 0000000000000000", "NoNewPrivs: 1");
        ExecResult written = node.run("touch", "/opt/keycloak/providers/more.jar");
        assertThat(written.getStderr()).contains("Read-only file system");
        assertThat(node.said()).doesNotContain("Read-only file system").doesNotContain("Failed to create");
    }

    @Test
    void metricsAreOnTheManagementPortAlone() {
        assertThat(Http.send(Http.request(node.managementUri("/metrics"))).body())
                .contains("jvm_memory_used_bytes");
        assertThat(Http.send(Http.request(node.uri("/metrics"))).status()).isEqualTo(404);
        assertThat(Http.send(Http.request(node.uri("/health/ready"))).status()).isEqualTo(404);
    }

    @Test
    void theHealthCheckFailsWhileTheDatabaseDoesNotAnswer() {
        Eventually.within(Duration.ofSeconds(30), "healthy", () -> node.health().equals("healthy"));
        assertThat(ready()).isTrue();

        cluster.withoutDatabase(() -> {
            Eventually.within(Duration.ofSeconds(30), "a failing check", () -> !ready());
            Eventually.within(
                    Duration.ofSeconds(90), "unhealthy", () -> node.health().equals("unhealthy"));
        });

        Eventually.within(Duration.ofSeconds(60), "a check that is well again", this::ready);
        Eventually.within(
                Duration.ofSeconds(60), "healthy again", () -> node.health().equals("healthy"));
    }

    @Test
    void aPollingTppGetsWhatTheCustomerGranted() {
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");

        app.approve(app.onlyPendingId(), BALANCES).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(tokens.accessTokenClaims().get("sub").asText()).isEqualTo(customer.id());
        assertThat(acme.poll(asked).error()).isEqualTo("invalid_grant");
    }

    @Test
    void aPollingTppLearnsOfADenial() {
        Tpp acme = bank.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES);

        app.deny(app.onlyPendingId()).ok();

        assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
    }

    @Test
    void aTppInPingModeIsPingedOnceAndGetsWhatTheCustomerGranted() {
        try (PingContainer receiver = new PingContainer(cluster.network())) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            String token = "token-" + UUID.randomUUID();
            Asked asked = orbit.askForPing(customer, token, BALANCES);

            app.approve(app.onlyPendingId(), PAYMENTS).ok();

            assertThat(receiver.await(Duration.ofSeconds(20)))
                    .containsExactly("Bearer " + token + " " + Http.object().put("auth_req_id", asked.authReqId()));
            assertThat(Tokens.of(orbit.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", PAYMENTS);
        }
    }

    private boolean ready() {
        return node.run("bash", "/opt/assent/ready.sh").getExitCode() == 0;
    }
}
