package io.assent.fake.fcm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A throw-away service account's JSON key, as the Firebase console exports it, good for a fake alone. */
public final class ServiceAccount {

    static final String EMAIL = "push@fake-project.iam.gserviceaccount.com";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /** @param tokenUri where its access tokens are to be had */
    public static void write(Path file, String project, URI tokenUri) {
        ObjectNode account = JSON.createObjectNode()
                .put("type", "service_account")
                .put("project_id", project)
                .put("private_key_id", "fake")
                .put("private_key", privateKey())
                .put("client_email", EMAIL)
                .put("client_id", "1")
                .put("token_uri", tokenUri.toString());
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(account));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n" + LINES.encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private ServiceAccount() {}
}
