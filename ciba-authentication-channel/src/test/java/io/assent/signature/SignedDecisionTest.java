package io.assent.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.device.DeviceKey;
import io.assent.device.Es256;
import io.assent.fake.data.MalformedDecisions;
import io.assent.rules.SignatureDemand;
import io.assent.signature.SignedDecision.Finding;
import io.assent.signature.SignedDecision.Flawed;
import io.assent.signature.SignedDecision.OtherContent;
import io.assent.signature.SignedDecision.Signer;
import io.assent.signature.SignedDecision.Sound;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What apps are tested with, as the server judges it. */
class SignedDecisionTest {

    private static final JsonNode DECISIONS = Vectors.read("decisions.json");
    private static final JsonNode CONTEXT = DECISIONS.path("context");

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void whatIsValidIsTaken(String name, String jws, String required) {
        assertThat(check(jws)).isInstanceOfSatisfying(Sound.class, sound -> {
            assertThat(sound.signer().deviceId()).isEqualTo(text("deviceId"));
            assertThat(sound.userVerified() || !required.equals(SignatureDemand.KEY_AND_USER_VERIFICATION.word()))
                    .isTrue();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void whatIsNotIsRefusedForItsFlaw(String name, String jws, String flaw, String reason) {
        assertThat(word(check(jws))).as(reason).isEqualTo(flaw);
    }

    private static Stream<Arguments> valid() {
        return each("valid").map(one -> Arguments.of(text(one, "name"), text(one, "jws"), text(one, "required")));
    }

    private static Stream<Arguments> invalid() {
        return each("invalid")
                .map(one -> Arguments.of(text(one, "name"), text(one, "jws"), text(one, "flaw"), text(one, "reason")));
    }

    private static Stream<JsonNode> each(String list) {
        return StreamSupport.stream(DECISIONS.path(list).spliterator(), false);
    }

    private static Finding check(String jws) {
        return SignedDecision.check(jws, Es256.OF_JAVA, SignedDecisionTest::signer, facts());
    }

    private static List<Signer> signer(String keyId) {
        JsonNode jwk = CONTEXT.path("jwk");
        return DeviceKey.of(text(jwk, "x"), text(jwk, "y"))
                .filter(key -> key.id().equals(keyId))
                .map(key -> new Signer(text("deviceId"), key))
                .stream()
                .toList();
    }

    private static DecisionFacts facts() {
        Set<String> scopes = new TreeSet<>();
        CONTEXT.path("grantedScopes").forEach(scope -> scopes.add(scope.textValue()));
        return new DecisionFacts(
                Act.APPROVE,
                text("issuer"),
                text("subject"),
                text("requestId"),
                scopes,
                text("detailsHash"),
                text("contentHash"),
                text("challenge"),
                Instant.parse(text("createdAt")),
                Instant.parse(text("expiresAt")),
                Instant.parse(text("now")));
    }

    /** Where users must be verified. */
    private static String word(Finding finding) {
        if (finding instanceof Flawed flawed) {
            return flawed.flaw().word();
        }
        if (finding instanceof OtherContent) {
            return MalformedDecisions.CONTENT_CHANGED;
        }
        return ((Sound) finding).userVerified() ? "taken" : MalformedDecisions.SIGNATURE_REQUIRED;
    }

    private static String text(String name) {
        return text(CONTEXT, name);
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).textValue();
    }
}
