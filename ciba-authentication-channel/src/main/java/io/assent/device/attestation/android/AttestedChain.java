package io.assent.device.attestation.android;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** The certificates of an attestation (RFC 5280), the key's own first. */
record AttestedChain(List<X509Certificate> certificates) {

    AttestedChain {
        certificates = List.copyOf(certificates);
    }

    /** Empty where one is no certificate, or there is none. */
    static Optional<AttestedChain> parse(List<byte[]> chain) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] der : chain) {
                ByteArrayInputStream input = new ByteArrayInputStream(der);
                certificates.add((X509Certificate) factory.generateCertificate(input));
                if (input.available() > 0) {
                    return Optional.empty();
                }
            }
            return certificates.isEmpty() ? Optional.empty() : Optional.of(new AttestedChain(certificates));
        } catch (CertificateException notOne) {
            return Optional.empty();
        }
    }

    X509Certificate leaf() {
        return certificates.get(0);
    }

    /** What is wrong with it; empty where it leads to a root, and every certificate of it is good now. */
    Optional<String> objection(Roots roots, Instant now) {
        List<X509Certificate> path = withoutRoot(roots);
        if (path.stream().skip(1).anyMatch(KeyDescription::isIn)) {
            // a key that was attested to sign can sign what looks like a certificate
            return Optional.of("a certificate that issued another has the extension for keys");
        }
        try {
            PKIXParameters parameters = new PKIXParameters(roots.anchors());
            // their issuer publishes revocations as a list of its own, which is not fetched
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException broken) {
            return Optional.of("the certificates do not lead to a root that is trusted here: " + broken.getReason());
        } catch (CertificateException | InvalidAlgorithmParameterException unusable) {
            return Optional.of("the certificates are no path");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PKIX", e);
        }
    }

    /** The root itself is the operator's to name, so that one that is sent along is passed over. */
    private List<X509Certificate> withoutRoot(Roots roots) {
        X509Certificate last = certificates.get(certificates.size() - 1);
        boolean isRoot =
                last.getSubjectX500Principal().equals(last.getIssuerX500Principal()) && roots.have(last.getPublicKey());
        return isRoot && certificates.size() > 1 ? certificates.subList(0, certificates.size() - 1) : certificates;
    }
}
