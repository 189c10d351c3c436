package io.assent.testing.server;

import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Server;
import io.assent.testing.http.Authority;
import io.assent.testing.http.Http;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A server that is called by TLS, and asks who calls for a certificate without demanding one (RFC 8705). */
public final class TlsKeycloak implements Server, AutoCloseable {

    static final String CLIENT_CERTIFICATES = "--https-client-auth";

    private final int port = Ports.free();
    private final Keycloak keycloak;

    /** A server without a realm of its own, that is not started yet. */
    public TlsKeycloak(String name) {
        Authority authority = Authority.shared();
        keycloak = new Keycloak(
                name,
                Database.H2,
                List.of(),
                "--https-port=" + port,
                "--https-key-store-file=" + authority.serverKeys(),
                "--https-key-store-password=" + Authority.PASSWORD,
                CLIENT_CERTIFICATES + "=request",
                "--https-trust-store-file=" + authority.trusted(),
                "--https-trust-store-password=" + Authority.PASSWORD);
    }

    public TlsKeycloak start() {
        keycloak.start();
        // it listens to HTTP a moment before
        Eventually.within(Duration.ofSeconds(30), "an answer by TLS", this::answers);
        return this;
    }

    private boolean answers() {
        try {
            return Http.send(Http.request(uri("/realms/master"))).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public URI uri(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    @Override
    public String said() {
        return keycloak.said();
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
