package io.assent.verifier;

import static io.assent.verifier.Verified.flaw;
import static io.assent.verifier.Verified.report;
import static io.assent.verifier.Verified.text;
import static io.assent.verifier.Verified.verify;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A passkey's signature. Even what a key sealed is looked at: who sealed it may have sealed anything. */
class PasskeySignatureTest {

    private static final String ES256 = "SHA256withECDSA";

    private final Consumer<ObjectNode> asIs = any -> {};

    private ObjectNode covering(Consumer<ObjectNode> covered) {
        return Made.signedByPasskey(Made.PASSKEY, ES256, 0x05, asIs, covered);
    }

    private ObjectNode saying(Consumer<ObjectNode> client) {
        return Made.signedByPasskey(Made.PASSKEY, ES256, 0x05, client, asIs);
    }

    @Test
    void theReportSaysWhichPasskeyAndHow() {
        assertThat(report(Made.signedByPasskey()))
                .anyMatch(line -> line.contains("passkey Y3JlZA (ES256), at https://login.bank.example"))
                .anyMatch(line -> line.contains("it verified the customer"));
        assertThat(report(Made.signedByPasskey(Made.PASSKEY, ES256, 0x01, asIs, asIs)))
                .anyMatch(line -> line.contains("no user verification"));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 2048, SHA256withRSA, RS256",
        "RSA, 2048, SHA384withRSA, RS384",
        "RSA, 2048, SHA512withRSA, RS512",
        "Ed25519, 0, Ed25519, EdDSA",
        "EC, 256, SHA256withECDSA, ES256",
        "EC, 384, SHA384withECDSA, ES384",
        "EC, 521, SHA512withECDSA, ES512"
    })
    void theKindsOfKeysThatPasskeysHaveAreKnown(String kind, int size, String algorithm, String name) {
        assertThat(report(Made.signedByPasskey(Made.pair(kind, size), algorithm, 0x05, asIs, asIs)))
                .anyMatch(line -> line.contains("(" + name + ")"));
    }

    /** Old authenticators have it. */
    @Test
    void aSignatureWithABrokenHashIsNone() {
        assertThat(flaw(Made.signedByPasskey(Made.pair("RSA", 2048), "SHA1withRSA", 0x05, asIs, asIs)))
                .contains("not by the key");
    }

    @Test
    void anOriginThatTheBankAllowedCanBeNamed() {
        for (String origin : List.of("https://other.example", "android:apk-key-hash:abc")) {
            byte[] sealed = Made.sealed(saying(client -> client.put("origin", origin)));

            assertThat(flaw(verify(sealed))).contains("another site");
            assertThat(new Verification(Optional.empty(), Set.of(), Set.of(origin)).of(sealed))
                    .isInstanceOf(Verdict.Holds.class);
            assertThat(flaw(new Verification(Optional.empty(), Set.of(), Set.of(origin + "x")).of(sealed)))
                    .contains("another site");
        }
    }

    /** Neither by a passkey of its own, which {@code Made} makes for the bank. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://bank.example",
                "https://login.bank.example.evil.example",
                "https://login.bank.example:8443",
                "http://login.bank.example",
                "https://login.bank.example/",
                ""
            })
    void theBrowserShowsTheBanksSite(String origin) {
        assertThat(flaw(saying(client -> client.put("origin", origin)))).contains("origin is another site");
    }

    @Test
    void thePasskeyIsThatOfTheBanksSite() {
        byte[] evil = Made.sealed(ofSite("evil.example", "https://login.bank.example"));
        byte[] other = Made.sealed(ofSite("evil.example", "https://evil.example"));
        Verification named = new Verification(Optional.empty(), Set.of(), Set.of("https://evil.example"));

        assertThat(flaw(verify(evil))).contains("passkey is that of another site");
        assertThat(flaw(verify(other))).contains("origin is another site");
        assertThat(flaw(named.of(other))).contains("passkey is that of another site");
        for (String site : List.of("login.bank.example", "bank.example")) {
            assertThat(report(ofSite(site, "https://login.bank.example"))).isNotEmpty();
        }
    }

    private ObjectNode ofSite(String site, String origin) {
        return Made.signedByPasskeyOf(site, client -> client.put("origin", origin));
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.bank.example:8443/auth/realms/bank, https://login.bank.example:8443",
        "https://login.bank.example:443/realms/bank, https://login.bank.example",
        "http://login.bank.example:80/realms/bank, http://login.bank.example",
        "HTTPS://Login.Bank.example/realms/bank, https://login.bank.example",
    })
    void theOriginIsSchemeHostAndPortOfTheIssuer(String issuer, String origin) {
        ObjectNode shown = saying(client -> client.put("origin", origin));

        assertThat(report(Made.with(shown, "", "issuer", text(issuer)))).isNotEmpty();
    }

    @Test
    void aBankThatHasMovedHadAnotherSiteThen() {
        ObjectNode moved = Made.with(Made.signedByPasskey(), "", "issuer", text("https://new.example/realms/bank"));
        ((ArrayNode) moved.at("/consent/history"))
                .add(Made.confirmedByPasskey(asIs).at("/consent/history/1"));

        assertThat(flaw(moved)).contains("another site");
        assertThat(flaw(Made.with(moved, "", "issuer", text("no address")))).contains("another site");
        assertThat(new Verification(Optional.empty(), Set.of(Made.ISSUER), Set.of()).of(Made.sealed(moved)))
                .isInstanceOf(Verdict.Holds.class);
    }

    @Test
    void whatTheBrowserSaysHasToFit() {
        assertThat(flaw(saying(client -> client.put("type", "webauthn.create"))))
                .contains("webauthn.get");
        assertThat(flaw(saying(client -> client.put("challenge", Made.CHALLENGE))))
                .contains("challenge that the passkey signed");
        assertThat(flaw(Made.signedByPasskey(Made.PASSKEY, ES256, 0x04, asIs, asIs)))
                .contains("nobody was there");
    }

    @Test
    void whatIsCoveredIsWhatWasShownAndGranted() {
        assertThat(flaw(covering(covered -> covered.put("chl", "x")))).contains("another challenge");
        assertThat(flaw(covering(covered -> covered.put("dsp", "x")))).contains("other content");
        assertThat(flaw(covering(covered -> covered.putArray("permissions").add("other"))))
                .contains("other permissions");
        assertThat(flaw(covering(covered ->
                        covered.withObjectProperty("accounts").putArray("0").add("acc-2"))))
                .contains("other accounts");
        assertThat(flaw(covering(covered -> covered.putObject("accounts")))).contains("other accounts");
        assertThat(flaw(covering(covered ->
                        covered.withObjectProperty("accounts").putArray("1").add("acc-1"))))
                .contains("other accounts");
        assertThat(flaw(covering(covered -> covered.put("more", 1)))).contains("not of its form");
    }

    @Test
    void whereNothingCanBeTickedAllIsGranted() {
        assertThat(report(covering(covered -> covered.putArray("permissions")))).isNotEmpty();
    }

    @Test
    void noMoreThanTheAccountsIsGrantedOtherwiseThanAsked() {
        ObjectNode changed = Made.signedByPasskey();
        ((ObjectNode) changed.at("/decision/grantedDetails/0")).put("creditorName", "Mallory");

        assertThat(flaw(changed)).contains("other accounts");
    }

    @Test
    void whereNoAccountIsChosenNothingIsGrantedOtherwiseThanAsked() {
        ObjectNode unchanged = covering(covered -> covered.putObject("accounts"));
        ((ObjectNode) unchanged.at("/decision/grantedDetails/0")).remove("debtorAccount");
        ObjectNode changed = unchanged.deepCopy();
        ((ObjectNode) changed.at("/decision/grantedDetails/0")).put("creditorName", "Mallory");

        assertThat(report(unchanged)).isNotEmpty();
        assertThat(flaw(changed)).contains("other accounts");
    }

    @Test
    void anotherKeyIsFound() {
        ObjectNode foreign = Made.signedByPasskey();
        ((ObjectNode) foreign.get("signature"))
                .put(
                        "publicKey",
                        java.util.Base64.getEncoder()
                                .encodeToString(Made.pair("EC", 256).getPublic().getEncoded()));
        ObjectNode none = Made.with(Made.signedByPasskey(), "/signature", "publicKey", text("AAAA"));
        ObjectNode broken = Made.with(Made.signedByPasskey(), "/signature", "authenticatorData", text("AAAA"));

        assertThat(flaw(foreign)).contains("not by the key");
        assertThat(flaw(none)).contains("public key");
        assertThat(flaw(broken)).contains("assertion");
        assertThat(flaw(Made.with(
                        Made.signedByPasskey(), "/signature", "clientDataJSON", JsonNodeFactory.instance.objectNode())))
                .contains("assertion");
    }
}
