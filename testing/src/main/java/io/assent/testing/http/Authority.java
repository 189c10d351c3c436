package io.assent.testing.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of the tests' own: it certifies servers on this machine and clients, and every client of the
 * tests trusts it and nobody else. Its files last as long as the tests' process.
 */
public final class Authority {

    /** As its certificate names it. */
    public static final String SUBJECT = "CN=Authority of the tests";

    /** Of all its key stores. */
    public static final String PASSWORD = "changeit";

    private static final String TYPE = "PKCS12";
    private static final String ITSELF = "authority";
    private static final String SERVER = "server";

    private final Path folder;
    private final Path keys;
    private final HttpClient client;

    private Authority() throws IOException, GeneralSecurityException {
        folder = Files.createTempDirectory("authority");
        keys = folder.resolve("keys.p12");
        folder.toFile().deleteOnExit();
        keys.toFile().deleteOnExit();
        generate(ITSELF, "-dname", SUBJECT, "-ext", "bc:c");
        generate(SERVER, "-dname", "CN=localhost", "-signer", ITSELF, "-ext", "san=dns:localhost,ip:127.0.0.1");
        client = client(new KeyManager[0]);
    }

    public static Authority shared() {
        return Shared.AUTHORITY;
    }

    /** A client that shows no certificate. */
    public HttpClient client() {
        return client;
    }

    /** The key store of a server on this machine. */
    public Path serverKeys() {
        try {
            return keyStoreOf(SERVER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key store by which a server trusts the clients that have a certificate. */
    public Path trusted() {
        try {
            return write("trusted", trust());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new key and a certificate for it. */
    public synchronized ClientCertificate certify(String subject) {
        String alias = UUID.randomUUID().toString();
        generate(alias, "-dname", subject, "-signer", ITSELF);
        try {
            KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            shown.init(only(alias), PASSWORD.toCharArray());
            return new ClientCertificate((X509Certificate) all().getCertificate(alias), client(shown.getKeyManagers()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext context() {
        return client.sslContext();
    }

    private HttpClient client(KeyManager[] shown) throws GeneralSecurityException {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown, trusted.getTrustManagers(), null);
        return Http.builder().sslContext(context).build();
    }

    private KeyStore trust() throws GeneralSecurityException {
        KeyStore trust = empty();
        trust.setCertificateEntry(ITSELF, all().getCertificate(ITSELF));
        return trust;
    }

    private Path keyStoreOf(String alias) throws GeneralSecurityException {
        return write(alias, only(alias));
    }

    private KeyStore only(String alias) throws GeneralSecurityException {
        KeyStore all = all();
        Key key = all.getKey(alias, PASSWORD.toCharArray());
        Certificate[] chain = all.getCertificateChain(alias);
        KeyStore only = empty();
        only.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain);
        return only;
    }

    private KeyStore all() throws GeneralSecurityException {
        KeyStore all = KeyStore.getInstance(TYPE);
        try (InputStream file = Files.newInputStream(keys)) {
            all.load(file, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore empty = KeyStore.getInstance(TYPE);
        try {
            empty.load(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return empty;
    }

    private Path write(String name, KeyStore store) throws GeneralSecurityException {
        Path file = folder.resolve(name + "-store.p12");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** By the JDK's own tool: Java has no API that makes certificates. */
    private void generate(String alias, String... options) {
        List<String> command = Stream.of(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair"),
                        List.of("-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1"),
                        Arrays.asList(options),
                        List.of("-keystore", keys.toString(), "-storetype", TYPE, "-storepass", PASSWORD))
                .flatMap(List::stream)
                .toList();
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Made when it is first asked for: most tests need none. */
    private static final class Shared {

        private static final Authority AUTHORITY = make();

        private static Authority make() {
            try {
                return new Authority();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
