package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static io.assent.verifier.Verified.text;
import static io.assent.verifier.Verified.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seal. Even what a key sealed is looked at: who sealed it may have sealed anything. */
class SealTest {

    private final ObjectNode payment = Made.payment();

    @Test
    void theReportSaysByWhichKeyAndThatNobodyComparedIt() throws Exception {
        assertThat(report(payment))
                .anyMatch(line -> line.contains(thumbprint()) && line.contains("kid realm-key"))
                .anyMatch(line -> line.contains("NOT COMPARED"));
    }

    @Test
    void theRealmsKeysSayWhetherTheRealmSealedIt() {
        byte[] sealed = Made.sealed(payment);

        Verdict own = new Verification(keys(Made.REALM_EC, Made.REALM)).of(sealed);
        Verdict foreign = new Verification(keys(Made.REALM_EC)).of(sealed);

        assertThat(((Verdict.Holds) own).report()).noneMatch(line -> line.contains("NOT COMPARED"));
        assertThat(flaw(foreign)).contains(thumbprint(), "none of the realm's");
    }

    private Optional<RealmKeys> keys(com.nimbusds.jose.jwk.JWK... keys) {
        return RealmKeys.parse(new JWKSet(List.of(keys)).toString().getBytes(StandardCharsets.UTF_8));
    }

    private String thumbprint() {
        try {
            return Made.REALM.computeThumbprint().toString();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingElseThatTheRealmSignedIsASeal() {
        assertThat(flaw(verify(Made.sealed(payment, Made.REALM, JWSAlgorithm.RS256, "JWT"))))
                .contains("header of the seal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "e30..", "eyJhbGciOiJub25lIn0..", "a.b.c", "\u00e9..\u00e9"})
    void whatIsNoSealIsNone(String seal) {
        String text = new String(Made.sealed(payment), StandardCharsets.UTF_8)
                .replaceFirst("\"seal\":\"[^\"]*\"", "\"seal\":\"" + seal + "\"");

        assertThat(flaw(verify(text.getBytes(StandardCharsets.UTF_8)))).contains("seal");
    }

    @Test
    void aSealOfOtherContentIsBroken() {
        String own = new String(Made.sealed(payment), StandardCharsets.UTF_8);
        String other = new String(
                Made.sealed(Made.with(payment, "/decision", "address", text("198.51.100.1"))), StandardCharsets.UTF_8);
        String seal = other.replaceFirst(".*(\"seal\":\"[^\"]*\").*", "$1");

        assertThat(flaw(verify(own.replaceFirst("\"seal\":\"[^\"]*\"", seal).getBytes(StandardCharsets.UTF_8))))
                .contains("seal is broken");
    }

    @Test
    void aKeyThatNoSealHasBreaksIt() {
        String okp =
                "{'crv':'Ed25519','kid':'realm-key','kty':'OKP','x':'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'}";
        String text = new String(Made.sealed(payment), StandardCharsets.UTF_8)
                .replaceFirst("\"sealKey\":\\{[^}]*\\}", "\"sealKey\":" + okp.replace('\'', '"'));

        assertThat(flaw(verify(text.getBytes(StandardCharsets.UTF_8)))).contains("seal is broken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'kty':'oct','k':'c2VjcmV0','kid':'realm-key'}",
                "{'kty':'RSA','n':'AQAB','e':'AQAB','kid':'realm-key'}",
                "{'kty':'RSA','n':3,'e':'AQAB','kid':'realm-key'}",
                "{'kty':'EC','crv':'P-256','x':'AQ','y':'AQ','kid':'realm-key'}",
                "{'kty':'EC','crv':'P-1','x':'AQ','y':'AQ','kid':'realm-key'}",
                "{'kty':'AKP','pub':'AQAB','kid':'realm-key'}",
                "{'kty':'RSA','n':'AQAB','e':'AQAB','kid':'realm-key','x5c':['AA']}"
            })
    void aKeyThatIsNoneOrTooShortIsRefused(String key) {
        String text = new String(Made.sealed(payment), StandardCharsets.UTF_8)
                .replaceFirst(
                        "\"sealKey\":\\{[^}]*\\}",
                        "\"sealKey\":" + io.assent.server.CanonicalJson.of(Made.object(key)));

        assertThat(flaw(verify(text.getBytes(StandardCharsets.UTF_8)))).contains("sealKey");
    }
}
