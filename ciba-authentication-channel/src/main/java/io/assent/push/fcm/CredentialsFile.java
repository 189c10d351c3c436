package io.assent.push.fcm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.push.vendor.SenderOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A file with Google credentials, looked at before Google's library does, which says of most mistakes that something
 * else is wrong. No complaint holds anything of what was read.
 */
final class CredentialsFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE_ACCOUNT = "service_account";
    private static final List<String> KINDS = List.of(
            SERVICE_ACCOUNT,
            "authorized_user",
            "external_account",
            "external_account_authorized_user",
            "gdch_service_account",
            "impersonated_service_account");
    private static final List<String> KEY_FIELDS =
            List.of("client_email", "private_key", "private_key_id", "token_uri");
    private static final List<String> URLS = List.of("token_uri", "token_url", "service_account_impersonation_url");

    /** Files that are taken for credentials, by a field that they have. */
    private static final Map<String, String> OTHERS = Map.of(
            "project_info", "it is an Android app's google-services.json, which holds no credentials",
            "installed", "it is the secret of an OAuth client, not a service account's key",
            "web", "it is the secret of an OAuth client, not a service account's key");

    private final String path;
    private final String kind;
    private final Function<String, IllegalArgumentException> wrong;

    /**
     * @param path where it is said to be
     * @param kind what it should be
     * @param wrong makes the complaint of what names the file, from words that follow it
     */
    CredentialsFile(String path, String kind, Function<String, IllegalArgumentException> wrong) {
        this.path = path;
        this.kind = kind;
        this.wrong = wrong;
    }

    /** Its content, if it is a service account's key. */
    byte[] key() {
        byte[] content = content();
        JsonNode json = json(content);
        if (!json.path("type").asText().equals(SERVICE_ACCOUNT)) {
            throw malformed("its type is not service_account");
        }
        check(json);
        return content;
    }

    /** Its content, if it is of any kind that Google has. */
    byte[] credentials() {
        byte[] content = content();
        JsonNode json = json(content);
        if (!KINDS.contains(json.path("type").asText())) {
            throw malformed("its type is none of " + String.join(", ", KINDS));
        }
        check(json);
        return content;
    }

    /** What is wrong with its content. */
    IllegalArgumentException malformed(String complaint) {
        return wrong.apply(
                "names '%s', which is not %s: %s. A service account's JSON key can be exported in the Firebase console"
                                .formatted(path, kind, complaint)
                        + " (Project settings, Service accounts)");
    }

    private void check(JsonNode json) {
        if (json.path("type").asText().equals(SERVICE_ACCOUNT)) {
            for (String field : KEY_FIELDS) {
                if (json.path(field).asText().isBlank()) {
                    throw malformed("it has no " + field);
                }
            }
            if (json.get("private_key").asText().contains("\\n")) {
                throw malformed("its private_key is escaped twice: it has the letters \\n where line breaks belong");
            }
        }
        for (String url : URLS) {
            if (json.has(url) && !isSafe(json.get(url).asText())) {
                throw malformed("its " + url + " is not an https URL");
            }
        }
    }

    private JsonNode json(byte[] content) {
        String text = text(content);
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw malformed(
                    text.startsWith("-----BEGIN")
                            ? "it is a key in PEM form alone"
                            : text.startsWith("{\\")
                                    ? "it is escaped: it has a \\ before each quotation mark"
                                    : "it is not JSON");
        }
        if (json.isTextual()) {
            throw malformed("it is escaped twice: one JSON text that holds the JSON");
        }
        if (!json.isObject()) {
            throw malformed("it is not JSON of an object");
        }
        OTHERS.forEach((field, what) -> {
            if (json.path(field).isObject()) {
                throw malformed(what);
            }
        });
        return json;
    }

    private String text(byte[] content) {
        for (byte one : content) {
            // no text in UTF-8 has one, and every JSON in UTF-16 has
            if (one == 0) {
                throw malformed("it is in UTF-16, or no text at all: save it in UTF-8");
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw malformed("it starts with a byte order mark: save it in UTF-8 without one");
            }
            return text.strip();
        } catch (CharacterCodingException otherEncoding) {
            throw malformed("it is not in UTF-8");
        }
    }

    private byte[] content() {
        try {
            return Files.readAllBytes(Path.of(path));
        } catch (NoSuchFileException | InvalidPathException missing) {
            throw wrong.apply("names '%s', which does not exist: set it to the path of a service account's JSON key"
                    .formatted(path));
        } catch (IOException unreadable) {
            throw wrong.apply("names '%s', which can't be read (%s): it must be a file that the server's user may read"
                    .formatted(path, unreadable.getClass().getSimpleName()));
        }
    }

    private static boolean isSafe(String url) {
        try {
            return SenderOptions.isSafe(URI.create(url));
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }
}
