package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.login.ConsentAppAuthenticatorFactory;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.util.JsonSerialization;

class MessagesTest {

    private static final Path MESSAGES = Path.of("src/main/resources/theme/permissions/login/messages");
    private static final Path SCREEN = Path.of("src/main/resources/theme-resources/messages");
    private static final List<String> DETAIL_TYPES =
            List.of("account_information", "payment_initiation", "personal_access", "recurring_payment");
    private static final String SELECTION = ConsentAppAuthenticatorFactory.PROVIDER_ID + "-";
    /** Of pages that name their messages by their own kind. */
    private static final String OUTSIDE = "consent.outside.";

    /** What permissions that share data about the customer are worded with, whatever the page. */
    private static final String CLAIM = "consent.claim";

    private static final Path DEV_REALM = Path.of("../realm-config/bank-realm.json");

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyLanguageHasTheSameMessages(String language) throws IOException {
        assertThat(messages(language).keySet()).isEqualTo(messages("en").keySet());
        assertThat(screen(language).keySet()).isEqualTo(screen("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void theScreensMessagesTakeTheSameArgumentsInEveryLanguage(String language) throws IOException {
        Properties english = screen("en");
        Properties translated = screen(language);

        assertThat(english).hasSizeGreaterThan(20);
        for (String key : english.stringPropertyNames()) {
            assertThat(key)
                    .matches("consent[.](screen|link|outside|partner|personal|claims?)[.].+|" + SELECTION + ".+");
            assertThat(translated.getProperty(key)).as(key).isNotBlank();
            assertThat(new MessageFormat(translated.getProperty(key)).getFormatsByArgumentIndex())
                    .as(key)
                    .hasSameSizeAs(new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, 1, 1 permission",
        "en, 4, 4 permissions",
        "de, 1, 1 Berechtigung",
        "de, 4, 4 Berechtigungen",
        "fr, 1, 1 autorisation",
        "fr, 4, 4 autorisations",
        "es, 4, 4 permisos"
    })
    void permissionsAreCountedInWords(String language, int count, String words) throws IOException {
        String message = screen(language).getProperty("consent.screen.permissions");

        assertThat(MessageFormat.format(message, count)).isEqualTo(words);
    }

    /** Whatever the templates and the required action name is there; nothing else is. */
    @Test
    void everyMessageOfTheScreenIsUsed() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file :
                    files.filter(it -> it.toString().matches(".*\\.(ftl|java)")).toList()) {
                sources.append(Files.readString(file));
            }
        }
        assertThat(screen("en").stringPropertyNames())
                .filteredOn(key -> !key.startsWith(SELECTION) && !key.startsWith(OUTSIDE) && !key.startsWith(CLAIM))
                .allSatisfy(key -> assertThat(sources).contains("\"" + withoutType(key) + "\""));
    }

    /** By the authenticator's id, as the server's page names them that offers several ways. */
    @Test
    void theWayByTheAppIsInWordsWhereSeveralAreOffered() throws IOException {
        assertThat(screen("en").stringPropertyNames())
                .filteredOn(key -> key.startsWith(SELECTION))
                .containsExactlyInAnyOrder(SELECTION + "display-name", SELECTION + "help-text");
    }

    @ParameterizedTest
    @CsvSource({
        "en, 1, One try is left.",
        "en, 2, 2 tries are left.",
        "de, 1, Ein Versuch bleibt.",
        "fr, 2, Il reste 2 essais."
    })
    void triesAreCountedInWords(String language, int count, String words) throws IOException {
        assertThat(MessageFormat.format(screen(language).getProperty("consent.link.tries"), count))
                .isEqualTo(words);
    }

    /** What is worded for a type of authorization details is named by its beginning. */
    private static String withoutType(String key) {
        return DETAIL_TYPES.stream()
                .filter(type -> key.endsWith(".of." + type))
                .findFirst()
                .map(type -> key.substring(0, key.length() - type.length()))
                .orElse(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    void everyPermissionOfTheDevRealmIsInWords(String language) throws IOException {
        Properties messages = messages(language);
        List<ClientScopeRepresentation> permissions = permissions();

        assertThat(permissions).hasSize(8);
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
    @ValueSource(strings = {"en", "de", "fr", "es"})
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
        return load(MESSAGES, language);
    }

    private static Properties screen(String language) throws IOException {
        return load(SCREEN, language);
    }

    private static Properties load(Path directory, String language) throws IOException {
        Properties messages = new Properties();
        Path file = directory.resolve("messages_" + language + ".properties");
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            messages.load(text);
        }
        return messages;
    }
}
