package io.assent.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.util.JsonSerialization;

class MessagesTest {

    private static final Path MESSAGES = Path.of("src/main/resources/theme/permissions/login/messages");
    private static final Path DEV_REALM = Path.of("../realm-config/bank-realm.json");

    @Test
    void bothLanguagesHaveTheSameMessages() throws IOException {
        assertThat(messages("de").keySet()).isEqualTo(messages("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyPermissionOfTheDevRealmIsInWords(String language) throws IOException {
        Properties messages = messages(language);
        List<ClientScopeRepresentation> permissions = permissions();

        assertThat(permissions).hasSize(7);
        for (ClientScopeRepresentation permission : permissions) {
            String key = "permission." + permission.getName();
            String group = "consent.group." + permission.getName().split("\\.")[0];

            assertThat(permission.getAttributes()).containsEntry("consent.screen.text", "${" + key + "}");
            assertThat(Stream.of(key, key + ".detail", group + ".title", group + ".summary"))
                    .allSatisfy(text ->
                            assertThat(messages.getProperty(text)).as(text).isNotBlank());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyMessageIsShownAsItIsWritten(String language) throws IOException {
        for (Object message : messages(language).values()) {
            String written = (String) message;
            String shown = new MessageFormat(written).format(new Object[0]);

            assertThat(shown).isEqualTo(written.replace("''", "'"));
        }
    }

    private static List<ClientScopeRepresentation> permissions() throws IOException {
        try (InputStream json = Files.newInputStream(DEV_REALM)) {
            return JsonSerialization.readValue(json, RealmRepresentation.class).getClientScopes().stream()
                    .filter(scope -> "true".equals(scope.getAttributes().get("display.on.consent.screen")))
                    .toList();
        }
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        Path file = MESSAGES.resolve("messages_" + language + ".properties");
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            messages.load(text);
        }
        return messages;
    }
}
