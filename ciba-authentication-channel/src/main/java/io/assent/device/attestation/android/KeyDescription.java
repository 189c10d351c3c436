package io.assent.device.attestation.android;

import io.assent.device.attestation.KeyAttestation;
import io.assent.device.attestation.KeyAttestation.Level;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * What Android's key store says of a key: {@code KeyDescription}, the extension {@value #OID} of the key's certificate.
 *
 * @param challenge what the key was made in answer to
 * @param purposes what it can do, by Android's numbers
 * @param origin where it came from, by Android's numbers
 * @param userVerification whether the hardware lets it sign only after it has verified who holds the phone
 */
record KeyDescription(
        Level level,
        byte[] challenge,
        Set<BigInteger> purposes,
        Optional<BigInteger> origin,
        boolean userVerification) {

    static final String OID = "1.3.6.1.4.1.11129.2.1.17";

    private static final int LENGTH = 8;
    private static final int ATTESTATION_LEVEL = 1;
    private static final int KEY_STORE_LEVEL = 3;
    private static final int CHALLENGE = 4;
    private static final int SOFTWARE = 6;
    private static final int HARDWARE = 7;

    private static final BigInteger TRUSTED_ENVIRONMENT = BigInteger.ONE;
    private static final BigInteger STRONG_BOX = BigInteger.TWO;
    private static final BigInteger SIGN = BigInteger.TWO;
    private static final BigInteger GENERATED = BigInteger.ZERO;

    static boolean isIn(X509Certificate certificate) {
        return certificate.getExtensionValue(OID) != null;
    }

    /** Empty where a certificate has none, or none that can be read. */
    static Optional<KeyDescription> of(X509Certificate certificate) {
        return Optional.ofNullable(certificate.getExtensionValue(OID)).flatMap(KeyDescription::parse);
    }

    private static Optional<KeyDescription> parse(byte[] extension) {
        try {
            byte[] value = ASN1OctetString.getInstance(extension).getOctets();
            if (value.length == 0) {
                // which the library does not expect
                return Optional.empty();
            }
            ASN1Sequence fields = ASN1Sequence.getInstance(value);
            return fields.size() < LENGTH ? Optional.empty() : Optional.of(of(fields));
        } catch (IllegalArgumentException | IllegalStateException notOne) {
            return Optional.empty();
        }
    }

    /** What the operating system alone sees to counts where the hardware has no part in the key. */
    private static KeyDescription of(ASN1Sequence fields) {
        AuthorizationList software = AuthorizationList.of(fields.getObjectAt(SOFTWARE));
        AuthorizationList hardware = AuthorizationList.of(fields.getObjectAt(HARDWARE));
        Level level = level(fields);
        AuthorizationList enforced = level == Level.HARDWARE || hardware.hasPurpose() ? hardware : software;
        return new KeyDescription(
                level,
                ASN1OctetString.getInstance(fields.getObjectAt(CHALLENGE)).getOctets(),
                enforced.purposes(),
                enforced.origin(),
                hardware.userVerification());
    }

    private static Level level(ASN1Sequence fields) {
        return isHardware(fields, ATTESTATION_LEVEL) && isHardware(fields, KEY_STORE_LEVEL)
                ? Level.HARDWARE
                : Level.SOFTWARE;
    }

    private static boolean isHardware(ASN1Sequence fields, int place) {
        BigInteger level = ASN1Enumerated.getInstance(fields.getObjectAt(place)).getValue();
        return level.equals(TRUSTED_ENVIRONMENT) || level.equals(STRONG_BOX);
    }

    /** What speaks against it as a description of a key that was made for this challenge, to sign and nothing else. */
    Optional<String> objection(String wanted) {
        if (!MessageDigest.isEqual(challenge, wanted.getBytes(StandardCharsets.US_ASCII))) {
            return Optional.of("its challenge is not the key challenge");
        }
        if (!purposes.equals(Set.of(SIGN))) {
            return Optional.of("the key's purpose is not to sign, and nothing else");
        }
        return origin.filter(GENERATED::equals).isPresent()
                ? Optional.empty()
                : Optional.of("the key was not made in the key store");
    }

    /** How the key is kept, where nothing speaks against it. */
    KeyAttestation attestation(String format) {
        return new KeyAttestation(format, level, userVerification);
    }
}
