package io.assent.passkey;

import static io.assent.passkey.Authenticator.ORIGIN;
import static io.assent.passkey.Authenticator.PRESENT;
import static io.assent.passkey.Authenticator.RP_ID;
import static io.assent.passkey.Authenticator.VERIFIED;
import static io.assent.passkey.Authenticator.clientData;
import static io.assent.passkey.PasskeyKind.PASSWORDLESS;
import static io.assent.passkey.PasskeyKind.TWO_FACTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.passkey.PasskeyResult.Flaw;
import io.assent.passkey.PasskeyResult.Refused;
import io.assent.passkey.PasskeyResult.Verified;
import io.assent.server.Base64Url;
import io.assent.server.Sha256;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.WebAuthnPolicy;

class PasskeysTest {

    private static final String CHALLENGE = Sha256.base64Url("what was shown and chosen");

    private final WebAuthnPolicy passwordless = policy();
    private final WebAuthnPolicy twoFactor = policy();
    private final Map<PasskeyKind, WebAuthnPolicy> policies = Map.of(PASSWORDLESS, passwordless, TWO_FACTOR, twoFactor);
    private final Passkeys passkeys =
            new Passkeys(List.of(PasskeyKind.values()), policies::get, () -> URI.create(ORIGIN + "/"));
    private final Authenticator phone = Authenticator.any();
    private final Wallet wallet = new Wallet(policies);
    private final PrintStream errors = System.err;

    private static WebAuthnPolicy policy() {
        WebAuthnPolicy policy = new WebAuthnPolicy();
        policy.setRpId("");
        policy.setUserVerificationRequirement("not specified");
        policy.setExtraOrigins(List.of());
        return policy;
    }

    /** Keycloak's provider writes a stack trace for each that it refuses. */
    @BeforeEach
    void beQuiet() {
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    }

    @AfterEach
    void beHeard() {
        System.setErr(errors);
    }

    private PasskeyResult verify(PasskeyAssertion assertion) {
        return passkeys.verify(wallet.owner(), assertion, CHALLENGE);
    }

    private void assertRefused(PasskeyAssertion assertion, Flaw flaw) {
        assertThat(verify(assertion)).isEqualTo(new Refused(flaw));
    }

    private String publicKey() {
        return Base64.getEncoder().encodeToString(phone.key().getPublic().getEncoded());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anOwnPasskeyIsVerified(PasskeyKind kind) {
        wallet.with(phone.kept(kind, 0));

        assertThat(verify(phone.sign(CHALLENGE))).isEqualTo(new Verified(publicKey(), true));
    }

    static Stream<PasskeyKind> kinds() {
        return Stream.of(PasskeyKind.values());
    }

    @Test
    void whoeverWasNotVerifiedIsNotSaidToBe() {
        wallet.with(phone.kept(PASSWORDLESS, 0));

        assertThat(verify(phone.sign(clientData("webauthn.get", CHALLENGE, ORIGIN), RP_ID, PRESENT, 0)))
                .isEqualTo(new Verified(publicKey(), false));
    }

    @Test
    void theRealmsPolicyCanWantTheUserVerified() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        passwordless.setUserVerificationRequirement("required");

        assertRefused(phone.sign(clientData("webauthn.get", CHALLENGE, ORIGIN), RP_ID, PRESENT, 0), Flaw.UNVERIFIED);
    }

    @Test
    void anotherCustomersPasskeyIsForeign() {
        wallet.with(Authenticator.any().kept(PASSWORDLESS, 0));

        assertRefused(phone.sign(CHALLENGE), Flaw.FOREIGN);
    }

    @Test
    void anotherKeyUnderTheSameIdIsRefused() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        Authenticator impostor = new Authenticator(Authenticator.any().key(), phone.id());

        assertRefused(impostor.sign(CHALLENGE), Flaw.INVALID);
    }

    @Test
    void anotherChallengeIsRefused() {
        wallet.with(phone.kept(PASSWORDLESS, 0));

        assertRefused(phone.sign(Sha256.base64Url("another amount")), Flaw.CHALLENGE);
    }

    @Test
    void whatWasSignedForAnotherPlaceOrPurposeIsRefused() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        int both = PRESENT | VERIFIED;

        assertRefused(
                phone.sign(clientData("webauthn.get", CHALLENGE, "https://bank.example.evil"), RP_ID, both, 0),
                Flaw.INVALID);
        assertRefused(phone.sign(clientData("webauthn.create", CHALLENGE, ORIGIN), RP_ID, both, 0), Flaw.INVALID);
        assertRefused(phone.sign(clientData("webauthn.get", CHALLENGE, ORIGIN), "evil.example", both, 0), Flaw.INVALID);
        assertRefused(phone.sign(clientData("webauthn.get", CHALLENGE, ORIGIN), RP_ID, VERIFIED, 0), Flaw.INVALID);
    }

    @Test
    void theRealmsPolicyNamesDomainAndOrigins() {
        wallet.with(phone.kept(TWO_FACTOR, 0));
        twoFactor.setRpId("example");
        twoFactor.setExtraOrigins(List.of("android:apk-key-hash:abc", "https://login.example"));
        PasskeyAssertion elsewhere =
                phone.sign(clientData("webauthn.get", CHALLENGE, "https://login.example"), "example", PRESENT, 0);

        assertThat(verify(elsewhere)).isEqualTo(new Verified(publicKey(), false));
        assertThat(passkeys.prompt(wallet.owner(), false))
                .map(PasskeyPrompt::rpId)
                .contains("example");
        assertRefused(phone.sign(CHALLENGE), Flaw.INVALID);
    }

    @Test
    void whereSignaturesAreCountedTheSameOneIsGoodOnce() {
        wallet.with(phone.kept(PASSWORDLESS, 7));
        String clientData = clientData("webauthn.get", CHALLENGE, ORIGIN);
        PasskeyAssertion eighth = phone.sign(clientData, RP_ID, PRESENT, 8);

        assertRefused(phone.sign(clientData, RP_ID, PRESENT, 7), Flaw.INVALID);
        assertThat(verify(eighth)).isInstanceOf(Verified.class);
        assertRefused(eighth, Flaw.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "A", "AB", "not base64", "AAA=", "\u00e9\u00e9\u00e9\u00e9"})
    void whatNoEncoderWritesIsMalformed(String text) {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        PasskeyAssertion good = phone.sign(CHALLENGE);

        parts(text).forEach(broken -> assertRefused(broken.apply(good), Flaw.MALFORMED));
        parts("A".repeat(PasskeyAssertion.MAX_LENGTH + 4))
                .forEach(broken -> assertRefused(broken.apply(good), Flaw.MALFORMED));
    }

    private static List<UnaryOperator<PasskeyAssertion>> parts(String text) {
        return List.of(
                one -> new PasskeyAssertion(text, one.clientDataJson(), one.authenticatorData(), one.signature()),
                one -> new PasskeyAssertion(one.credentialId(), text, one.authenticatorData(), one.signature()),
                one -> new PasskeyAssertion(one.credentialId(), one.clientDataJson(), text, one.signature()),
                one -> new PasskeyAssertion(one.credentialId(), one.clientDataJson(), one.authenticatorData(), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "1",
                "{\"type\":\"webauthn.get\"}",
                "{\"type\":1,\"challenge\":{},\"origin\":[]}",
                "{\"type\":\"webauthn.get\",\"challenge\":\"*\",\"origin\":\"::\"}",
                "{\"type\":\"webauthn.get\",\"challenge\":null,\"origin\":null}",
                "{",
                "\u0000"
            })
    void clientDataThatNoBrowserWritesIsRefused(String clientData) {
        wallet.with(phone.kept(PASSWORDLESS, 0));

        assertThat(verify(phone.sign(clientData, RP_ID, PRESENT | VERIFIED, 0))).isInstanceOf(Refused.class);
    }

    @Test
    void anythingThatIsNotTheAssertionIsRefusedAndNeverFails() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        PasskeyAssertion good = phone.sign(CHALLENGE);
        Random random = new Random(15);

        for (int round = 0; round < 500; round++) {
            PasskeyAssertion bad = new PasskeyAssertion(
                    good.credentialId(),
                    mangled(good.clientDataJson(), random),
                    mangled(good.authenticatorData(), random),
                    good.signature());
            if (!bad.equals(good)) {
                assertThat(verify(bad)).as("%s", bad).isInstanceOf(Refused.class);
            }
        }
    }

    /** What the library fails over in other ways than it says. */
    @Test
    void whatTheLibraryFailsOverIsRefusedToo() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        PasskeyAssertion good = phone.sign(CHALLENGE);
        String deep = Base64Url.encode(("{\"a\":" + "[".repeat(1_001)).getBytes(StandardCharsets.UTF_8));
        byte[] withAKey = Arrays.copyOf(Base64.getUrlDecoder().decode(good.authenticatorData()), 56);
        withAKey[32] = 0x45;
        withAKey[55] = (byte) 0xf6;

        assertThat(verify(new PasskeyAssertion(good.credentialId(), deep, good.authenticatorData(), good.signature())))
                .isEqualTo(new Refused(Flaw.MALFORMED));
        assertThat(verify(new PasskeyAssertion(
                        good.credentialId(), good.clientDataJson(), Base64Url.encode(withAKey), good.signature())))
                .isEqualTo(new Refused(Flaw.MALFORMED));
    }

    /** Bytes that are changed, cut off or added. */
    private static String mangled(String part, Random random) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : Base64.getUrlDecoder().decode(part)) {
            bytes.add(one);
        }
        for (int change = random.nextInt(3); change > 0; change--) {
            int place = random.nextInt(bytes.size());
            switch (random.nextInt(3)) {
                case 0 -> bytes.set(place, (byte) random.nextInt());
                case 1 -> bytes.subList(place, bytes.size()).clear();
                default -> bytes.add(place, (byte) random.nextInt());
            }
            if (bytes.isEmpty()) {
                break;
            }
        }
        byte[] mangled = new byte[bytes.size()];
        for (int place = 0; place < mangled.length; place++) {
            mangled[place] = bytes.get(place);
        }
        return Base64Url.encode(mangled);
    }

    @Test
    void aPageAsksForThePasswordlessOnesFirst() {
        Authenticator key = Authenticator.any();
        wallet.with(key.kept(TWO_FACTOR, 0));
        assertThat(ids()).containsExactly(key.credentialId());

        wallet.with(phone.kept(PASSWORDLESS, 0));
        assertThat(ids()).containsExactly(phone.credentialId());
        assertThat(verify(key.sign(CHALLENGE)))
                .as("the other is the customer's own, too")
                .isInstanceOf(Verified.class);
    }

    private List<String> ids() {
        return passkeys.prompt(wallet.owner(), false).orElseThrow().credentialIds();
    }

    @Test
    void aPageAsksForNoMoreThanItCanCarry() {
        Stream.generate(Authenticator::any)
                .limit(Passkeys.MOST + 1)
                .forEach(one -> wallet.with(one.kept(PASSWORDLESS, 0)));

        assertThat(ids()).hasSize(Passkeys.MOST);
    }

    @Test
    void aPageAsksAsTheRealmsPolicySays() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        assertThat(passkeys.prompt(wallet.owner(), false))
                .contains(new PasskeyPrompt(RP_ID, List.of(phone.credentialId()), "preferred", Optional.empty()));

        passwordless.setCreateTimeout(60);
        passwordless.setUserVerificationRequirement("discouraged");
        PasskeyPrompt prompt = passkeys.prompt(wallet.owner(), false).orElseThrow();
        assertThat(prompt.timeout()).contains(Duration.ofMinutes(1));
        assertThat(prompt.userVerification()).isEqualTo("discouraged");
        assertThat(passkeys.prompt(wallet.owner(), true).orElseThrow().userVerification())
                .isEqualTo("required");
    }

    @Test
    void whoHasNoneIsNotAsked() {
        assertThat(passkeys.prompt(wallet.owner(), true)).isEmpty();
    }

    @Test
    void withoutTheFeatureThereAreNone() {
        wallet.with(phone.kept(PASSWORDLESS, 0));
        Passkeys off = new Passkeys(List.of(), policies::get, () -> URI.create(ORIGIN));

        assertThat(off.prompt(wallet.owner(), false)).isEmpty();
        assertThat(off.verify(wallet.owner(), phone.sign(CHALLENGE), CHALLENGE)).isEqualTo(new Refused(Flaw.FOREIGN));
    }
}
