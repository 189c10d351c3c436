package io.assent.device.attestation.android;

import io.assent.server.ProviderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whom the operator trusts to attest keys. */
record Roots(List<X509Certificate> certificates) {

    static final String OPTION = "roots";
    static final Roots NONE = new Roots(List.of());

    private static final int MAX_BYTES = 1024 * 1024;

    Roots {
        certificates = List.copyOf(certificates);
    }

    /** Nobody where the option is not set. */
    static Roots read(ProviderOptions options) {
        return options.text(OPTION).map(path -> of(options, path)).orElse(NONE);
    }

    private static Roots of(ProviderOptions options, String path) {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] pem = file.readNBytes(MAX_BYTES + 1);
            if (pem.length > MAX_BYTES) {
                throw options.wrong(OPTION, "names a file of more than " + MAX_BYTES + " bytes");
            }
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw options.wrong(OPTION, "names a file without certificates; it must be a PEM file");
            }
            return new Roots(certificates);
        } catch (IOException | InvalidPathException e) {
            throw options.wrong(OPTION, "must be the path of a PEM file that can be read, not '" + path + "'");
        } catch (CertificateException e) {
            throw options.wrong(OPTION, "must be a PEM file with X.509 certificates");
        }
    }

    boolean isEmpty() {
        return certificates.isEmpty();
    }

    Set<TrustAnchor> anchors() {
        return certificates.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toUnmodifiableSet());
    }

    /** A root may be issued anew with the same key. */
    boolean have(PublicKey key) {
        return certificates.stream().anyMatch(root -> root.getPublicKey().equals(key));
    }
}
