package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static io.assent.verifier.Verified.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A device's signature. Even what a key sealed is looked at: who sealed it may have sealed anything. */
class DeviceSignatureTest {

    @Test
    void theReportSaysWhoSignedAndHow() throws Exception {
        assertThat(report(Made.signedByPhone()))
                .anyMatch(line -> line.contains(Made.DEVICE) && line.contains(thumbprint()))
                .anyMatch(line -> line.contains("face, hwk"))
                .anyMatch(line -> line.contains(Made.CUSTOMER))
                .anyMatch(line -> line.startsWith("Attestation   none"))
                .noneMatch(line -> line.contains("NOT SIGNED"));
    }

    private String thumbprint() {
        try {
            return Made.PHONE.computeThumbprint().toString();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAttestationIsNamedAndAVerifiedUserIsToldFromNone() {
        ObjectNode attested = Made.signedByPhone();
        ((ObjectNode) attested.get("signature"))
                .set("attestation", Made.object("{'format':'android-key','level':'hardware','userVerification':true}"));

        assertThat(report(attested))
                .anyMatch(line ->
                        line.startsWith("Attestation   android-key: the key is kept in hardware, and used only once"));
        assertThat(report(Made.signedByPhone(claims -> claims.putArray("amr").add("hwk"))))
                .anyMatch(line -> line.contains("no user verification"));
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                claim("issuer", claims -> claims.put("iss", Made.CUSTOMER)),
                claim("audience", claims -> claims.put("aud", "https://evil.example")),
                claim("subject", claims -> claims.put("sub", Made.DEVICE)),
                claim("request", claims -> claims.put("req", Made.DEVICE)),
                claim("decision", claims -> claims.put("dec", "deny")),
                claim("grant", claims -> claims.withObjectProperty("grt")
                        .withArrayProperty("scopes")
                        .add("more")),
                claim("grant", claims -> claims.withObjectProperty("grt").put("details_hash", "x")),
                claim("challenge", claims -> claims.put("chl", "x")),
                claim("other content", claims -> claims.put("dsp", "x")),
                claim("time", claims -> claims.put("iat", 1795338072)),
                claim("time", claims -> claims.put("exp", 1795338041)),
                claim("time", claims -> claims.put("exp", 1795338302)),
                claim("claims", claims -> claims.put("jti", "x")),
                claim("claims", claims -> claims.remove("amr")),
                claim("claims", claims -> claims.put("iat", "now")));
    }

    private static Arguments claim(String flaw, Consumer<ObjectNode> change) {
        return Arguments.of(flaw, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void aClaimThatIsNotTheDocumentsIsFound(String flaw, Consumer<ObjectNode> change) {
        assertThat(flaw(Made.signedByPhone(change))).contains(flaw);
    }

    @Test
    void theClockOfThePhoneMayBeHalfAMinuteAhead() {
        assertThat(report(Made.signedByPhone(claims -> claims.put("iat", 1795338071))))
                .isNotEmpty();
    }

    @Test
    void anotherKeyOrAnotherJwsIsFound() {
        ObjectNode foreign = Made.signedByPhone();
        ((ObjectNode) foreign.at("/signature/jwk"))
                .put("x", Made.REALM_EC.getX().toString())
                .put("y", Made.REALM_EC.getY().toString());
        ObjectNode noPoint = Made.signedByPhone();
        ((ObjectNode) noPoint.at("/signature/jwk"))
                .put("x", Made.REALM_EC.getX().toString());
        ObjectNode noJws = Made.signedByPhone();
        ((ObjectNode) noJws.get("signature")).put("jws", "a.b.c");
        ObjectNode otherKind = Made.signedByPhone();
        ((ObjectNode) otherKind.get("signature")).put("kind", "fax");

        assertThat(flaw(foreign)).contains("(key)");
        assertThat(flaw(noPoint)).contains("no point");
        assertThat(flaw(noJws)).contains("(malformed)");
        assertThat(flaw(otherKind)).contains("kind");
    }

    @Test
    void ofACustomerWhoWasRemovedTheSignatureAloneSaysWhoItWas() {
        ObjectNode removed = Made.signedByPhone();
        ((ObjectNode) removed.get("request"))
                .put("customerId", "removed:5c0f7f54-9f3a-4e47-8a3e-0b6a8f0d1c2b")
                .put("customerRemoved", true);
        ((ObjectNode) removed.get("decision"))
                .putNull("deviceId")
                .putNull("address")
                .putNull("sessionId");

        assertThat(report(removed))
                .anyMatch(line -> line.contains("removed since"))
                .anyMatch(line -> line.contains("for customer " + Made.CUSTOMER));
        assertThat(flaw(Made.with(removed, "/request", "customerRemoved", BooleanNode.FALSE)))
                .contains("(issuer)");
    }

    @Test
    void anIssuerThatHasMovedCanBeNamed() {
        ObjectNode moved = Made.with(Made.signedByPhone(), "", "issuer", text("https://new.example/realms/bank"));
        Verdict verdict = earlier(Made.ISSUER).of(Made.sealed(moved));

        assertThat(flaw(moved)).contains("(audience)");
        assertThat(verdict).isInstanceOf(Verdict.Holds.class);
        assertThat(((Verdict.Holds) verdict).report())
                .anyMatch(line -> line.endsWith("for the bank as it was known then: " + Made.ISSUER));
        assertThat(report(Made.signedByPhone())).noneMatch(line -> line.contains("as it was known then"));
    }

    @Test
    void aBankThatHasMovedMoreThanOnceHasOneIssuerForEachAnswer() {
        String old = "https://old.example/realms/bank";
        ObjectNode document = Made.signedByPhone(claims -> claims.put("aud", old));
        JsonNode confirmation = Made.confirmedByPhone().at("/consent/history/1");
        JsonNode another = Made.amendedByPhone().at("/consent/history/1");
        ((ArrayNode) document.at("/consent/history")).add(another).add(confirmation);
        ObjectNode moved = Made.with(document, "", "issuer", text("https://new.example/realms/bank"));

        assertThat(earlier(old).of(Made.sealed(document))).isInstanceOf(Verdict.Holds.class);
        assertThat(earlier(old, Made.ISSUER).of(Made.sealed(moved))).isInstanceOf(Verdict.Holds.class);
        assertThat(flaw(earlier(old).of(Made.sealed(moved))))
                .startsWith("Of the answer at")
                .contains("(audience)");
        assertThat(flaw(earlier(Made.ISSUER).of(Made.sealed(moved)))).contains("(audience)");
    }

    private static Verification earlier(String... issuers) {
        return new Verification(Optional.empty(), Set.of(issuers), Set.of());
    }
}
