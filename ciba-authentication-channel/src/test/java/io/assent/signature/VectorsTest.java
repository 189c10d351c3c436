package io.assent.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.device.DeviceKey;
import io.assent.device.Es256;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What apps are tested with is what the server makes and takes. */
class VectorsTest {

    private static final String CONTENT = "content.json";
    private static final String KEYS = "keys.json";
    private static final String SIGNATURES = "signatures.json";
    private static final String DECISIONS = "decisions.json";

    @BeforeAll
    static void writeThemWhereThatIsAskedFor() {
        if (Vectors.areToBeWritten()) {
            JsonNode keys = Vectors.find(KEYS).orElseGet(KeyVectors::fresh);
            Vectors.write(KEYS, keys);
            Vectors.write(SIGNATURES, KeyVectors.signatures());
            Vectors.write(CONTENT, ShownVectors.all());
            Vectors.write(DECISIONS, decisions(keys));
        }
    }

    @Test
    void contentIsWhatTheServerMakes() {
        assertThat(Vectors.read(CONTENT))
                .isEqualTo(Vectors.json(ShownVectors.all().toString()));
    }

    @Test
    void aKeyIsNamedByItsThumbprint() {
        assertThat(Vectors.read(KEYS)).hasSize(3).allSatisfy(vector -> {
            DeviceKey key = key(vector.path("jwk"));
            assertThat(key.jwk()).isEqualTo(vector.path("jwk").toString());
            assertThat(key.id()).isEqualTo(vector.path("thumbprint").textValue());
        });
    }

    @Test
    void signaturesAreWhatWasMade() {
        assertThat(Vectors.read(SIGNATURES)).isEqualTo(KeyVectors.signatures());
    }

    /** But for the signatures, which are others each time. */
    @Test
    void decisionsAreWhatWasMade() {
        assertThat(withoutSignatures(Vectors.read(DECISIONS)))
                .isEqualTo(withoutSignatures(
                        Vectors.json(decisions(Vectors.read(KEYS)).toString())));
    }

    @Test
    void eachDecisionHasANameAndAReasonOfItsOwn() {
        JsonNode invalid = Vectors.read(DECISIONS).path("invalid");
        assertThat(invalid.findValuesAsText("name"))
                .hasSizeGreaterThanOrEqualTo(40)
                .doesNotHaveDuplicates();
        assertThat(invalid.findValuesAsText("jws")).doesNotHaveDuplicates();
        assertThat(invalid.findValuesAsText("reason")).allMatch(reason -> reason.endsWith("."));
    }

    @Test
    void theContextIsThatOfAPaymentInTheContents() {
        JsonNode context = Vectors.read(DECISIONS).path("context");
        assertThat(Vectors.read(CONTENT).findValuesAsText("contentHash"))
                .contains(context.path("contentHash").textValue());
        assertThat(context.path("detailsHash").textValue())
                .isEqualTo(Sha256.base64Url(CanonicalJson.of(context.path("grantedDetails"))));
    }

    @Test
    void theDeviceSignedWhatIsValid() {
        JsonNode decisions = Vectors.read(DECISIONS);
        DeviceKey key = key(decisions.path("context").path("jwk"));
        assertThat(decisions.path("valid").findValuesAsText("jws"))
                .hasSizeGreaterThan(5)
                .allSatisfy(jws -> {
                    int end = jws.lastIndexOf('.');
                    assertThat(Es256.OF_JAVA.verifies(
                                    key,
                                    jws.substring(0, end).getBytes(StandardCharsets.US_ASCII),
                                    Base64.getUrlDecoder().decode(jws.substring(end + 1))))
                            .isTrue();
                });
    }

    @Test
    void theExampleInTheDocumentIsOneOfThem() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "signed-decisions.md"));
        JsonNode decisions = Vectors.read(DECISIONS);
        JsonNode payment = StreamSupport.stream(Vectors.read(CONTENT).spliterator(), false)
                .filter(vector -> vector.path("name").textValue().equals("payment"))
                .findFirst()
                .orElseThrow();
        String jws = decisions.path("valid").path(0).path("jws").textValue();
        assertThat(document)
                .contains(
                        payment.path("words").textValue(),
                        payment.path("content").textValue(),
                        payment.path("contentHash").textValue(),
                        CanonicalJson.of(decisions.path("context").path("grantedDetails")),
                        decisions.path("context").path("detailsHash").textValue(),
                        jws);
        for (String part : Arrays.copyOf(jws.split("\\."), 2)) {
            assertThat(document).contains(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        }
    }

    private static ObjectNode decisions(JsonNode keys) {
        KeyPair device = KeyVectors.key(keys.path(0));
        return new DecisionVectors(device, KeyVectors.key(keys.path(1))).all();
    }

    private static DeviceKey key(JsonNode jwk) {
        return DeviceKey.of(jwk.path("x").textValue(), jwk.path("y").textValue())
                .orElseThrow();
    }

    private static JsonNode withoutSignatures(JsonNode decisions) {
        for (String list : List.of("valid", "invalid")) {
            decisions.path(list).forEach(one -> {
                String jws = one.path("jws").textValue();
                ((ObjectNode) one)
                        .put(
                                "jws",
                                jws.startsWith("{")
                                        ? jws.substring(0, jws.indexOf("\"signature\""))
                                        : String.join(".", Arrays.copyOf(jws.split("\\.", -1), 2)));
            });
        }
        return decisions;
    }
}
