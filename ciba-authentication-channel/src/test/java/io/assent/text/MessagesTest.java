package io.assent.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pushes and details say is complete in every language. */
class MessagesTest {

    private static final Path MESSAGES = Path.of("src/main/resources/theme-resources/messages");

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyLanguageHasTheSameMessagesWithTheSameArguments(String language) throws IOException {
        Properties english = messages("en");
        Properties translated = messages(language);

        assertThat(translated.keySet()).isEqualTo(english.keySet());
        for (String key : english.stringPropertyNames()) {
            assertThat(translated.getProperty(key)).as(key).isNotBlank();
            assertThat(new MessageFormat(translated.getProperty(key)).getFormatsByArgumentIndex())
                    .as(key)
                    .hasSameSizeAs(new MessageFormat(english.getProperty(key)).getFormatsByArgumentIndex());
        }
    }

    /** An apostrophe that is not doubled is swallowed by the format. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    void everyMessageIsShownAsItIsWritten(String language) throws IOException {
        for (Object message : messages(language).values()) {
            String written = (String) message;

            assertThat(new MessageFormat(written).format(new Object[0])).isEqualTo(written.replace("''", "'"));
        }
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        try (Reader text = Files.newBufferedReader(
                MESSAGES.resolve("messages_" + language + ".properties"), StandardCharsets.UTF_8)) {
            messages.load(text);
        }
        return messages;
    }
}
