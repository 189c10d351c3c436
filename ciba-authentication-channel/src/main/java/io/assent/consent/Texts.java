package io.assent.consent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The messages of a realm's login theme in one language, with the overrides that the admin wrote in the console. */
public final class Texts {

    private final Properties messages;
    private final Locale locale;

    private Texts(Properties messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    public static Texts of(KeycloakSession session, RealmModel realm, Locale locale) {
        try {
            Properties messages = session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
            return new Texts(messages, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message of this key, if there is one that says something. */
    public Optional<String> find(String key) {
        return Optional.ofNullable(messages.getProperty(key))
                .filter(message -> !message.isBlank())
                .map(message -> new MessageFormat(message, locale).format(new Object[0]));
    }

    /** The key in a text of the form <code>${key}</code>, as Keycloak's consent screen reads it. */
    public static Optional<String> key(String text) {
        return text.startsWith("${") && text.endsWith("}")
                ? Optional.of(text.substring(2, text.length() - 1))
                : Optional.empty();
    }
}
