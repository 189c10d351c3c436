package io.assent.testing.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** What a client shows when it calls by mutual TLS (RFC 8705). */
public record ClientCertificate(X509Certificate certificate, HttpClient client) {

    public Answer send(HttpRequest.Builder request) {
        return Http.send(client, request);
    }

    /** As {@code x5t#S256} has it (RFC 8705, section 3.1). */
    public String thumbprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
