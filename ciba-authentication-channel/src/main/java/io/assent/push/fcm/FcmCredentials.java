package io.assent.push.fcm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.assent.push.vendor.SenderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Obtains the credentials at the server's start. No complaint holds anything of what was read. */
final class FcmCredentials {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS = List.of("client_email", "private_key", "private_key_id", "token_uri");

    private final SenderOptions options;
    private final HttpTransportFactory transport;

    FcmCredentials(SenderOptions options, HttpTransportFactory transport) {
        this.options = options;
        this.transport = transport;
    }

    GoogleCredentials obtain(FcmConfig.Credentials source) {
        if (source instanceof FcmConfig.Credentials.File file) {
            return serviceAccount(file.path());
        }
        try {
            GoogleCredentials credentials = GoogleCredentials.getApplicationDefault(transport);
            return credentials instanceof ServiceAccountCredentials key
                    ? key.createWithCustomRetryStrategy(false)
                    : credentials;
        } catch (IOException absent) {
            throw options.wrong(
                    FcmConfig.APPLICATION_DEFAULT_CREDENTIALS,
                    "is true, but this environment has no application default credentials: set the environment"
                            + " variable GOOGLE_APPLICATION_CREDENTIALS, or set %s instead"
                                    .formatted(options.name(FcmConfig.SERVICE_ACCOUNT)));
        }
    }

    private GoogleCredentials serviceAccount(String path) {
        byte[] key = read(path);
        check(path, key);
        try {
            // Whether and when to try again is the outbox's business.
            return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key), transport)
                    .createWithCustomRetryStrategy(false);
        } catch (IOException | IllegalArgumentException malformed) {
            throw malformed(path, "its private_key is not a PKCS#8 key in PEM form");
        }
    }

    private byte[] read(String path) {
        try {
            return Files.readAllBytes(Path.of(path));
        } catch (NoSuchFileException | InvalidPathException missing) {
            throw options.wrong(
                    FcmConfig.SERVICE_ACCOUNT,
                    "names '%s', which does not exist: set it to the path of a service account's JSON key"
                            .formatted(path));
        } catch (IOException unreadable) {
            throw options.wrong(
                    FcmConfig.SERVICE_ACCOUNT,
                    "names '%s', which can't be read (%s): it must be a file that the server's user may read"
                            .formatted(path, unreadable.getClass().getSimpleName()));
        }
    }

    private void check(String path, byte[] key) {
        JsonNode account;
        try {
            account = JSON.readTree(key);
        } catch (JsonProcessingException malformed) {
            throw malformed(path, "it is not JSON");
        } catch (IOException unreadable) {
            throw malformed(path, "it is not text");
        }
        if (!account.path("type").asText().equals("service_account")) {
            throw malformed(path, "its type is not service_account");
        }
        for (String field : FIELDS) {
            if (account.path(field).asText().isBlank()) {
                throw malformed(path, "it has no " + field);
            }
        }
        if (!isSafe(account.get("token_uri").asText())) {
            throw malformed(path, "its token_uri is not an https URL");
        }
    }

    private static boolean isSafe(String url) {
        try {
            return SenderOptions.isSafe(URI.create(url));
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private IllegalArgumentException malformed(String path, String complaint) {
        return options.wrong(
                FcmConfig.SERVICE_ACCOUNT,
                "names '%s', which is not a service account's JSON key: %s. Export one in the Firebase console"
                                .formatted(path, complaint)
                        + " (Project settings, Service accounts)");
    }
}
