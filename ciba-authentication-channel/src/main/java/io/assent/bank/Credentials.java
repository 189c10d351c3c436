package io.assent.bank;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The credentials by which the server authenticates at the bank's endpoint.
 *
 * @param tokenFile has a bearer token, which its owner may replace at any time
 * @param keys has a certificate and its key for TLS
 */
public record Credentials(Optional<Path> tokenFile, Optional<Keys> keys) {

    private static final int MAX_TOKEN_BYTES = 16_384;

    /** @param passwordFile has the password of the file and of the key in it */
    public record Keys(Path file, Path passwordFile, String type) {

        /** @throws IOException if it can't be read, or there is no key in it */
        public SSLContext context() throws IOException {
            char[] password = line(passwordFile).toCharArray();
            try (InputStream stored = Files.newInputStream(file)) {
                KeyStore store = KeyStore.getInstance(type);
                store.load(stored, password);
                if (!hasKey(store)) {
                    throw new IOException("there is no key in it");
                }
                KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(store, password);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException unusable) {
                throw new IOException(unusable.getClass().getSimpleName(), unusable);
            }
        }

        private static boolean hasKey(KeyStore store) throws GeneralSecurityException {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return true;
                }
            }
            return false;
        }
    }

    boolean isEmpty() {
        return tokenFile.isEmpty() && keys.isEmpty();
    }

    /**
     * The token as it is now, where there is to be one.
     *
     * @throws IOException if the file can't be read, or is no token
     */
    Optional<String> token() throws IOException {
        if (tokenFile.isEmpty()) {
            return Optional.empty();
        }
        String token = line(tokenFile.get());
        // RFC 6750, section 2.1
        if (!token.matches("[A-Za-z0-9._~+/-]+=*")) {
            throw new IOException("it has no bearer token");
        }
        return Optional.of(token);
    }

    private static String line(Path file) throws IOException {
        try (InputStream stored = Files.newInputStream(file)) {
            return new String(stored.readNBytes(MAX_TOKEN_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}
