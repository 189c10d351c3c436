package io.assent.fake.android;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A phone's key store, with a root of its own: it certifies keys, and says in the certificate how it keeps them. */
public final class AndroidKeyStore {

    /** How long a certificate is good from its first day on. */
    public static final Duration LIFE = Duration.ofDays(365);

    private static final ASN1ObjectIdentifier DESCRIPTION = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.1.17");

    private final Instant madeAt;
    private final KeyPair root = keys("secp256r1");
    private final KeyPair batch = keys("secp256r1");

    /** @param madeAt from when on its certificates are good */
    public AndroidKeyStore(Instant madeAt) {
        this.madeAt = madeAt;
    }

    /** Certificates for a key, its own first, without the root. */
    public List<byte[]> attest(PublicKey key, AttestedFacts facts) {
        return der(leaf(key, Optional.of(facts), madeAt), batch(true, Optional.empty()));
    }

    /** The same with another first day of the key's own certificate. */
    public List<byte[]> attest(PublicKey key, AttestedFacts facts, Instant from) {
        return der(leaf(key, Optional.of(facts), from), batch(true, Optional.empty()));
    }

    /** Certificates that say nothing of the key. */
    public List<byte[]> certify(PublicKey key) {
        return der(leaf(key, Optional.empty(), madeAt), batch(true, Optional.empty()));
    }

    /** The same as {@link #attest}, by somebody who was attested to be a key, or may not issue certificates. */
    public List<byte[]> attestBy(
            PublicKey key, AttestedFacts facts, boolean mayIssue, Optional<AttestedFacts> issuers) {
        return der(leaf(key, Optional.of(facts), madeAt), batch(mayIssue, issuers));
    }

    /** The root's certificate. */
    public X509Certificate root() {
        return root(madeAt);
    }

    /** The root's certificate as it was issued at another time, for the same key. */
    public X509Certificate root(Instant from) {
        return certificate("Root", root.getPublic(), "Root", root.getPrivate(), true, from, Optional.empty());
    }

    /** The root's certificate in PEM. */
    public String rootInPem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(der(root()).get(0))
                + "\n-----END CERTIFICATE-----\n";
    }

    private X509Certificate leaf(PublicKey key, Optional<AttestedFacts> facts, Instant from) {
        return certificate("Android Keystore Key", key, "Batch", batch.getPrivate(), false, from, facts);
    }

    private X509Certificate batch(boolean mayIssue, Optional<AttestedFacts> facts) {
        return certificate("Batch", batch.getPublic(), "Root", root.getPrivate(), mayIssue, madeAt, facts);
    }

    private static X509Certificate certificate(
            String subject,
            PublicKey key,
            String issuer,
            PrivateKey by,
            boolean mayIssue,
            Instant from,
            Optional<AttestedFacts> facts) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=" + issuer),
                    BigInteger.ONE,
                    Date.from(from),
                    Date.from(from.plus(LIFE)),
                    new X500Principal("CN=" + subject),
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(mayIssue));
            if (facts.isPresent()) {
                builder.addExtension(DESCRIPTION, false, facts.get().encoded());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Certificates as they are sent. */
    public static List<byte[]> der(X509Certificate... certificates) {
        return Stream.of(certificates)
                .map(certificate -> {
                    try {
                        return certificate.getEncoded();
                    } catch (CertificateEncodingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    /** A new pair of keys on a curve. */
    public static KeyPair keys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
