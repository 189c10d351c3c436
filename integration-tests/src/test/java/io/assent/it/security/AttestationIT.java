package io.assent.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.android.AndroidKeyStore;
import io.assent.fake.android.AttestedFacts;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone's maker vouches for a key, on a server that trusts it. */
class AttestationIT {

    private static final AndroidKeyStore TRUSTED =
            new AndroidKeyStore(Instant.now().minus(Duration.ofDays(1)));

    @TempDir
    static Path folder;

    private static Keycloak server;
    private static Realm bank;

    @BeforeAll
    static void start() throws IOException {
        Path roots = Files.writeString(folder.resolve("roots.pem"), TRUSTED.rootInPem());
        server = new Keycloak(
                        "attestation",
                        Database.H2,
                        List.of(Servers.realmFile().named(Servers.BANK)),
                        "--spi-consent-device-attestation--android-key--roots=" + roots)
                .start();
        bank = server.realm(Servers.BANK);
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private final BankApp app = bank.newCustomer().app();
    private final PhoneKey key = PhoneKey.generate();
    private final String device = UUID.randomUUID().toString();

    private Answer enrol(AndroidKeyStore phone, String challenge, String attested) {
        ObjectNode registration = Http.object().put("platform", "log").put("pushToken", "t-" + device);
        registration.set("key", key.jwk());
        ObjectNode attestation = registration.putObject("attestation").put("format", "android-key");
        for (byte[] certificate : phone.attest(key.publicKey(), new AttestedFacts(attested))) {
            attestation.withArrayProperty("x5c").add(Base64.getEncoder().encodeToString(certificate));
        }
        return app.registerSigned(device, registration.toString(), challenge, key);
    }

    private String challenge() {
        return app.keyChallenge(device).ok().get("challenge").asText();
    }

    @Test
    void aKeyThatIsAttestedIsKeptWithThat() {
        String challenge = challenge();
        Answer enrolled = enrol(TRUSTED, challenge, challenge);

        assertThat(enrolled.status()).as(enrolled.toString()).isEqualTo(201);
        assertThat(enrol(TRUSTED, challenge, challenge).status()).as("again").isEqualTo(200);
        JsonNode kept = app.devices().list().get(0).get("key");
        assertThat(kept.get("kid").asText()).isEqualTo(key.id());
        assertThat(kept.at("/attestation/format").asText()).isEqualTo("android-key");
        assertThat(kept.at("/attestation/level").asText()).isEqualTo("hardware");
        assertThat(kept.at("/attestation/userVerification").asBoolean()).isTrue();
    }

    @Test
    void anAttestationThatDoesNotHoldEnrolsNothing() {
        AndroidKeyStore stranger = new AndroidKeyStore(Instant.now().minus(Duration.ofDays(1)));
        String challenge = challenge();

        for (Answer refused : List.of(enrol(TRUSTED, challenge, challenge()), enrol(stranger, challenge, challenge))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("invalid-attestation");
        }
        assertThat(app.devices().list()).isEmpty();
        enrol(TRUSTED, challenge, challenge).ok();
    }
}
