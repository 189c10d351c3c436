package io.assent.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Even what a key sealed is looked at: who sealed it may have sealed anything. */
class VerificationTest {

    private static Verdict verify(byte[] bytes) {
        return new Verification(Optional.empty(), Optional.empty()).of(bytes);
    }

    private static List<String> report(ObjectNode document) {
        Verdict verdict = verify(Made.sealed(document));
        assertThat(verdict).isInstanceOf(Verdict.Holds.class);
        return ((Verdict.Holds) verdict).report();
    }

    private static String flaw(ObjectNode document) {
        return flaw(verify(Made.sealed(document)));
    }

    private static String flaw(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Flawed.class);
        return ((Verdict.Flawed) verdict).what();
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    @Nested
    @DisplayName("The seal")
    class Sealing {

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

            Verdict own = new Verification(keys(Made.REALM_EC, Made.REALM), Optional.empty()).of(sealed);
            Verdict foreign = new Verification(keys(Made.REALM_EC), Optional.empty()).of(sealed);

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
                    Made.sealed(Made.with(payment, "/decision", "address", text("198.51.100.1"))),
                    StandardCharsets.UTF_8);
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

    @Nested
    @DisplayName("The document")
    class Form {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "null",
                    "[]",
                    "\"text\"",
                    "{",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":1e400}",
                    "{\"a\":1e999999999}",
                    "{\"a\":9007199254740993}",
                    "{\"a\":\"\\ud800\"}"
                })
        void whatIsNoEvidenceIsNone(String text) {
            assertThat(verify(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Verdict.Flawed.class);
        }

        @Test
        void bytesThatAreNoTextAreNone() {
            assertThat(verify(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}))
                    .isInstanceOf(Verdict.Flawed.class);
        }

        @Test
        void deepNestingEndsInAnAnswer() {
            assertThat(verify("[".repeat(500_000).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Verdict.Flawed.class);
            assertThat(verify(("{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}").getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Verdict.Flawed.class);
        }

        @Test
        void anotherFormatIsNotGuessedAt() {
            assertThat(flaw(Made.with(Made.payment(), "", "format", text("assent-evidence/2"))))
                    .contains("format");
        }

        @ParameterizedTest
        @CsvSource({
            "'', issuer",
            "'', shown",
            "'', contentHash",
            "'', signature",
            "/request, customerId",
            "/request, challenge",
            "/request, askedAt",
            "/decision, decidedAt",
            "/decision, grantedScopes",
            "/consent, history",
            "/request, customerRemoved",
            "/request/client, id"
        })
        void whatIsMissingIsNamed(String parent, String name) {
            ObjectNode document = Made.payment();
            ((ObjectNode) document.at(parent)).remove(name);

            assertThat(flaw(document)).contains(name, "missing");
        }

        @Test
        void aTimeThatIsNoneIsNamed() {
            assertThat(flaw(Made.with(Made.payment(), "/decision", "decidedAt", text("yesterday"))))
                    .contains("decidedAt");
        }
    }

    @Nested
    @DisplayName("What was shown")
    class Content {

        private final ObjectNode payment = Made.payment();

        @Test
        void otherWordsThanTheHashNamesAreFound() {
            assertThat(flaw(Made.with(payment, "/shown", "language", text("en"))))
                    .contains("hash of the words");
            assertThat(flaw(Made.with(payment, "", "shown", NullNode.instance))).contains("hash of the words");
        }

        @Test
        void otherContentThanTheHashNamesIsFound() {
            assertThat(flaw(Made.with(payment, "/shownContent/details/0/rows/0", "value", text("1,00 €"))))
                    .contains("contentHash");
            assertThat(flaw(Made.with(payment, "", "contentHash", NullNode.instance)))
                    .contains("contentHash");
            assertThat(flaw(Made.with(payment, "", "shownContent", NullNode.instance)))
                    .contains("contentHash");
        }

        @Test
        void whatWasAskedIsWhatWasShown() {
            assertThat(flaw(Made.with(payment, "/request", "bindingMessage", text("other"))))
                    .contains("binding message");
            assertThat(flaw(Made.with(payment, "/request/askedDetails/0", "creditorName", text("Mallory"))))
                    .contains("details that were shown");
        }

        @Test
        void noMoreIsGrantedThanWasAsked() {
            ObjectNode more = Made.payment();
            ((ArrayNode) more.at("/decision/grantedScopes")).add("accounts.balances");

            assertThat(flaw(more)).contains("not asked for");
        }

        @Test
        void anAnswerFromBeforeItWasKeptHolds() {
            ObjectNode old = Made.payment();
            old.putNull("shown").putNull("shownContent").putNull("contentHash");
            ((ObjectNode) old.get("request")).putNull("challenge");

            assertThat(report(old)).contains("Shown         was not kept");
        }
    }

    @Nested
    @DisplayName("No signature")
    class Unsigned {

        @Test
        void theReportSaysSo() {
            assertThat(report(Made.payment())).anyMatch(line -> line.contains("NOT SIGNED"));
        }

        @Test
        void aDenialHoldsAndIsNotSigned() {
            ObjectNode denied = denied(Made.payment());

            assertThat(report(denied))
                    .anyMatch(line -> line.contains("NOT SIGNED"))
                    .anyMatch(line -> line.startsWith("Answer        deny"));
        }

        @Test
        void aDenialThatGrantsIsNone() {
            assertThat(flaw(Made.with(Made.payment(), "/decision", "decision", text("deny"))))
                    .contains("denied");
        }

        @Test
        void nobodySignsADenial() {
            assertThat(flaw(denied(Made.signedByPhone()))).contains("approval");
        }

        private ObjectNode denied(ObjectNode document) {
            ObjectNode decision = (ObjectNode) document.get("decision");
            decision.put("decision", "deny").putArray("grantedScopes");
            decision.putArray("grantedDetails");
            return document;
        }
    }

    @Nested
    @DisplayName("A device's signature")
    class ByPhone {

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
                    .set(
                            "attestation",
                            Made.object("{'format':'android-key','level':'hardware','userVerification':true}"));

            assertThat(report(attested))
                    .anyMatch(line -> line.startsWith(
                            "Attestation   android-key: the key is kept in hardware, and used only once"));
            assertThat(report(
                            Made.signedByPhone(claims -> claims.putArray("amr").add("hwk"))))
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
            Verification asOfThen = new Verification(Optional.empty(), Optional.of(Made.ISSUER));

            assertThat(flaw(moved)).contains("(audience)");
            assertThat(asOfThen.of(Made.sealed(moved))).isInstanceOf(Verdict.Holds.class);
        }
    }

    @Nested
    @DisplayName("A passkey's signature")
    class ByPasskey {

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
                assertThat(new Verification(Optional.empty(), Optional.empty(), Set.of(origin)).of(sealed))
                        .isInstanceOf(Verdict.Holds.class);
                assertThat(flaw(new Verification(
                                        Optional.empty(), Optional.of("https://bank.test"), Set.of(origin))
                                .of(sealed)))
                        .contains("another site");
            }
        }

        @Test
        void whatTheBrowserSaysHasToFit() {
            assertThat(flaw(saying(client -> client.put("type", "webauthn.create"))))
                    .contains("webauthn.get");
            assertThat(flaw(saying(client -> client.put("challenge", Made.CHALLENGE))))
                    .contains("challenge that the passkey signed");
            assertThat(flaw(saying(client -> client.put("origin", "https://evil.example"))))
                    .contains("another site");
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
            assertThat(report(covering(covered -> covered.putArray("permissions"))))
                    .isNotEmpty();
        }

        @Test
        void noMoreThanTheAccountsIsGrantedOtherwiseThanAsked() {
            ObjectNode changed = Made.signedByPasskey();
            ((ObjectNode) changed.at("/decision/grantedDetails/0")).put("creditorName", "Mallory");

            assertThat(flaw(changed)).contains("other accounts");
        }

        @Test
        void anotherKeyIsFound() {
            ObjectNode foreign = Made.signedByPasskey();
            ((ObjectNode) foreign.get("signature"))
                    .put(
                            "publicKey",
                            java.util.Base64.getEncoder()
                                    .encodeToString(
                                            Made.pair("EC", 256).getPublic().getEncoded()));
            ObjectNode none = Made.with(Made.signedByPasskey(), "/signature", "publicKey", text("AAAA"));
            ObjectNode broken = Made.with(Made.signedByPasskey(), "/signature", "authenticatorData", text("AAAA"));

            assertThat(flaw(foreign)).contains("not by the key");
            assertThat(flaw(none)).contains("public key");
            assertThat(flaw(broken)).contains("assertion");
            assertThat(flaw(Made.with(
                            Made.signedByPasskey(),
                            "/signature",
                            "clientDataJSON",
                            JsonNodeFactory.instance.objectNode())))
                    .contains("assertion");
        }
    }
}
