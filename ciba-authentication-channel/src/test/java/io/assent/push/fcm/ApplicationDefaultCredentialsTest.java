package io.assent.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.testing.http.MockHttpTransport;
import io.assent.fake.fcm.ServiceAccount;
import io.assent.push.vendor.SenderOptions;
import io.assent.server.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with {@code GOOGLE_APPLICATION_CREDENTIALS} is said as it is, with the option and the way out. */
class ApplicationDefaultCredentialsTest {

    @TempDir
    private Path directory;

    private Path file;
    private String key;

    @BeforeEach
    void writeKey() throws IOException {
        file = directory.resolve("key.json");
        ServiceAccount.write(file, "some-project", URI.create("http://127.0.0.1:1/token"));
        key = Files.readString(file);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(file);

        assertRefused("does not exist");
    }

    @Test
    void aFolderIsNamed() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);

        assertRefused("can't be read");
    }

    @Test
    void anotherEncodingIsNamed() throws IOException {
        for (Charset other : new Charset[] {StandardCharsets.UTF_16, StandardCharsets.UTF_16LE}) {
            Files.writeString(file, key, other);
            assertRefused("in UTF-16", "save it in UTF-8");
        }
        Files.writeString(file, "\uFEFF" + key);
        assertRefused("byte order mark");
        Files.writeString(file, key.replace("some-project", "süd"), StandardCharsets.ISO_8859_1);
        assertRefused("not in UTF-8");
    }

    @Test
    void whatIsEscapedTwiceIsNamed() throws IOException {
        Files.writeString(file, key.replace("\\n", "\\\\n"));
        assertRefused("private_key is escaped twice");
        String escaped = key.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        Files.writeString(file, "\"" + escaped + "\"");
        assertRefused("escaped twice");
        Files.writeString(file, escaped);
        assertRefused("escaped");
    }

    @Test
    void aFileOfAnotherKindIsNamed() throws IOException {
        Files.writeString(file, "{\"project_info\":{\"project_id\":\"bank\"},\"client\":[]}");
        assertRefused("google-services.json");
        Files.writeString(file, "{\"installed\":{\"client_id\":\"x\",\"client_secret\":\"y\"}}");
        assertRefused("OAuth client");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");
        assertRefused("PEM form alone");
        Files.writeString(file, "{}");
        assertRefused("its type is none of service_account");
        Files.writeString(file, "{\"type\":\"service_account\"}");
        assertRefused("has no client_email");
        Files.writeString(file, "{\"type\":\"something\"}");
        assertRefused("its type is none of service_account");
        Files.writeString(file, "{\"type\":\"authorized_user\"}");
        assertRefused("library can't use it");
    }

    @Test
    void credentialsThatWouldGoOverHttpAreNamed() throws IOException {
        Files.writeString(file, """
                {"type":"external_account","audience":"a","subject_token_type":"urn:ietf:params:oauth:token-type:jwt",
                 "token_url":"http://sts.example/v1/token","credential_source":{"file":"/tmp/x"}}""");
        assertRefused("token_url is not an https URL");
        Files.writeString(file, key.replace("http://127.0.0.1:1", "http://oauth.example"));
        assertRefused("token_uri is not an https URL");
    }

    private void assertRefused(String... said) {
        SenderOptions options = new SenderOptions("fcm", new Options(Map.of()));
        FcmCredentials credentials = new FcmCredentials(
                options,
                MockHttpTransport::new,
                name -> name.equals("GOOGLE_APPLICATION_CREDENTIALS") ? file.toString() : null);

        assertThatThrownBy(() -> credentials.obtain(new FcmConfig.Credentials.ApplicationDefault()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--spi-push-sender--fcm--application-default-credentials")
                .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS names '" + file + "'")
                .hasMessageContaining("--spi-push-sender--fcm--service-account")
                .hasMessageContainingAll(said)
                .message()
                .satisfies(message -> assertThat(message).doesNotContain("PRIVATE", "MII", "some-project"));
    }
}
