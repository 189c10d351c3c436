package io.assent.device.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.device.attestation.Attestation;
import io.assent.device.attestation.AttestationResult;
import io.assent.device.attestation.AttestationResult.Attested;
import io.assent.device.attestation.AttestationResult.Refused;
import io.assent.device.attestation.AttestationResult.Unsupported;
import io.assent.device.attestation.KeyAttestation;
import io.assent.device.attestation.KeyAttestation.Level;
import io.assent.fake.android.AndroidKeyStore;
import io.assent.fake.android.AttestedFacts;
import io.assent.server.OperatorLog;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Android's key store attests, and what is no attestation. */
class AndroidKeyVerifierTest {

    private static final String CHALLENGE = "A".repeat(43);
    private static final Instant MADE = Instant.parse("2026-11-27T09:00:00Z");

    private final AndroidKeyStore phone = new AndroidKeyStore(MADE);
    private final KeyPair key = AndroidKeyStore.keys("secp256r1");

    private AttestationResult verify(Roots roots, List<byte[]> chain) {
        return new AndroidKeyVerifier(
                        roots,
                        () -> MADE.plusSeconds(60),
                        new OperatorLog(Logger.getLogger("test")),
                        "--spi-test--roots")
                .verify(new Attestation("android-key", chain), CHALLENGE, (ECPublicKey) key.getPublic());
    }

    private AttestationResult verify(List<byte[]> chain) {
        return verify(new Roots(List.of(phone.root())), chain);
    }

    private List<byte[]> chain(AttestedFacts facts) {
        return phone.attest(key.getPublic(), facts);
    }

    private static AttestedFacts facts() {
        return new AttestedFacts(CHALLENGE);
    }

    private static Attested attested(Level level, boolean userVerification) {
        return new Attested(new KeyAttestation("android-key", level, userVerification));
    }

    private static void assertRefused(AttestationResult result, String why) {
        assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why())
                .contains(why));
    }

    @Test
    void aKeyInHardwareThatNeedsItsOwnerIsAttested() {
        assertThat(verify(chain(facts()))).isEqualTo(attested(Level.HARDWARE, true));
        assertThat(verify(chain(facts().levels(2, 2)))).as("StrongBox").isEqualTo(attested(Level.HARDWARE, true));
    }

    @Test
    void theRootMayBeSentAlongAlsoOneThatWasIssuedAnew() {
        for (X509Certificate root : List.of(phone.root(), phone.root(MADE.minus(Duration.ofDays(4000))))) {
            List<byte[]> chain = Stream.concat(chain(facts()).stream(), AndroidKeyStore.der(root).stream())
                    .toList();
            assertThat(verify(chain)).isEqualTo(attested(Level.HARDWARE, true));
        }
    }

    @Test
    void aKeyThatSignsForWhoeverHoldsThePhoneIsAttestedWithoutUserVerification() {
        for (AttestedFacts weaker : List.of(
                facts().userAuthType(), facts().userAuthType(0), facts().noAuthRequired(), facts().authTimeout(30))) {
            assertThat(verify(chain(weaker))).isEqualTo(attested(Level.HARDWARE, false));
        }
    }

    @Test
    void aKeyInSoftwareIsNoMoreThanThat() {
        assertThat(verify(chain(facts().levels(0, 0).bySoftware()))).isEqualTo(attested(Level.SOFTWARE, false));
        for (AttestedFacts half : List.of(facts().levels(2, 0), facts().levels(0, 1), facts().levels(1, 9))) {
            assertThat(verify(chain(half))).isInstanceOfSatisfying(Attested.class, result -> assertThat(
                            result.attestation().level())
                    .isEqualTo(Level.SOFTWARE));
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("another challenge", "challenge", new AttestedFacts("B" + "A".repeat(42))),
                wrong("no challenge", "challenge", new AttestedFacts("")),
                wrong("a part of the challenge", "challenge", new AttestedFacts("A".repeat(42))),
                wrong("a key that encrypts, too", "purpose", facts().purposes(0, 2)),
                wrong("a key that only verifies", "purpose", facts().purposes(3)),
                wrong("a key for nothing", "purpose", facts().purposes()),
                wrong("what software alone holds a key in hardware to", "purpose", facts().bySoftware()),
                wrong("a key that was imported", "not made", facts().origin(2)),
                wrong("a key of unknown origin", "not made", facts().origin(3)),
                wrong("a key without an origin", "not made", facts().origin()),
                wrong("a value that is there twice", "no extension", facts().origin(0, 0)),
                wrong("an extension that is cut", "no extension", spoilt(all -> Arrays.copyOf(all, all.length - 3))),
                wrong("an extension of nothing", "no extension", spoilt(all -> new byte[0])),
                wrong("an empty extension", "no extension", spoilt(all -> new byte[] {0x30, 0})),
                wrong("an extension that is no sequence", "no extension", spoilt(all -> new byte[] {0x05, 0})),
                wrong("an extension that is very deep", "no extension", spoilt(all -> nested(1500))));
    }

    private static AttestedFacts spoilt(UnaryOperator<byte[]> change) {
        return facts().spoilt(change);
    }

    private static Arguments wrong(String what, String why, AttestedFacts facts) {
        return Arguments.of(what, why, facts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isRefused(String what, String why, AttestedFacts facts) {
        assertRefused(verify(chain(facts)), why);
    }

    @Test
    void aCertificateIsGoodNow() {
        for (Instant from : List.of(MADE.plus(Duration.ofDays(1)), MADE.minus(AndroidKeyStore.LIFE))) {
            assertRefused(verify(phone.attest(key.getPublic(), facts(), from)), "root");
        }
    }

    @Test
    void whatLeadsToNoTrustedRootIsRefused() {
        List<byte[]> chain = chain(facts());
        AndroidKeyStore stranger = new AndroidKeyStore(MADE);
        byte[] strangersBatch = stranger.attest(key.getPublic(), facts()).get(1);
        byte[] strangersRoot = AndroidKeyStore.der(stranger.root()).get(0);

        assertRefused(verify(new Roots(List.of(stranger.root())), chain), "root");
        assertRefused(verify(chain.subList(0, 1)), "root");
        assertRefused(verify(List.of(chain.get(0), strangersBatch)), "root");
        assertRefused(verify(List.of(chain.get(0), chain.get(1), strangersRoot)), "root");
        assertRefused(verify(List.of(chain.get(1), chain.get(0))), "extension");
        assertRefused(verify(AndroidKeyStore.der(phone.root())), "not that of the key");
        assertThat(verify(new Roots(List.of(stranger.root(), phone.root())), chain))
                .as("where several are trusted")
                .isInstanceOf(Attested.class);
    }

    @Test
    void whatAnAttestedKeySignedIsNoCertificate() {
        assertRefused(
                verify(phone.attestBy(key.getPublic(), facts(), true, Optional.of(facts()))), "extension for keys");
        assertRefused(verify(phone.attestBy(key.getPublic(), facts(), false, Optional.empty())), "root");
    }

    @Test
    void anAttestationIsForItsOwnKey() {
        for (String curve : List.of("secp256r1", "secp384r1")) {
            assertRefused(
                    verify(phone.attest(AndroidKeyStore.keys(curve).getPublic(), facts())), "not that of the key");
        }
        assertRefused(verify(phone.certify(key.getPublic())), "no extension");
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        byte[] leaf = chain(facts()).get(0);
        byte[] longer = Arrays.copyOf(leaf, leaf.length + 1);

        for (List<byte[]> none : List.<List<byte[]>>of(
                List.of(), List.of(new byte[0]), List.of(new byte[] {0x30}), List.of(longer), List.of(nested(1500)))) {
            assertRefused(verify(none), "not a list of X.509 certificates");
        }
    }

    /** Sequences and tags in one another. */
    private static byte[] nested(int times) {
        byte[] inner = {0x05, 0};
        for (int n = 0; n < times; n++) {
            boolean big = inner.length > 127;
            byte[] outer = new byte[inner.length + (big ? 4 : 2)];
            outer[0] = (byte) (n % 2 == 0 ? 0x30 : 0xA1);
            if (big) {
                outer[1] = (byte) 0x82;
                outer[2] = (byte) (inner.length >> 8);
                outer[3] = (byte) inner.length;
            } else {
                outer[1] = (byte) inner.length;
            }
            System.arraycopy(inner, 0, outer, outer.length - inner.length, inner.length);
            inner = outer;
        }
        return inner;
    }

    @Test
    void noByteOfItCanBeChanged() {
        Random random = new Random(15);
        List<byte[]> chain = chain(facts());
        for (int n = 0; n < 100; n++) {
            byte[] leaf = chain.get(0).clone();
            leaf[random.nextInt(leaf.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(verify(List.of(leaf, chain.get(1)))).isInstanceOf(Refused.class);
        }
    }

    @Test
    void whateverIsInTheExtensionIsReadOrRefused() {
        Random random = new Random(15);
        for (int n = 0; n < 50; n++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            assertThat(verify(chain(spoilt(all -> noise)))).isInstanceOf(Refused.class);
            assertThat(verify(chain(spoilt(all -> {
                        all[random.nextInt(all.length)] = (byte) random.nextInt();
                        return all;
                    }))))
                    .isNotNull();
        }
    }

    @Test
    void withoutRootsNothingIsTaken() {
        assertThat(verify(Roots.NONE, chain(facts()))).isInstanceOf(Unsupported.class);
    }
}
