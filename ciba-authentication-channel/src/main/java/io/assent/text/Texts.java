package io.assent.text;

import io.assent.api.PublicApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The messages of a realm's login theme in one language, with the overrides that the admin wrote in the console. */
@PublicApi
public final class Texts {

    private static final Logger LOG = Logger.getLogger(Texts.class);

    private final RealmModel realm;
    private final Locale locale;
    private final TextCache.Entry known;
    private final WarnOnce missing;
    private Properties messages;

    Texts(RealmModel realm, Locale locale, TextCache.Entry known, WarnOnce missing) {
        this.realm = realm;
        this.locale = locale;
        this.known = known;
        this.missing = missing;
    }

    public static Texts of(KeycloakSession session, RealmModel realm, Locale locale) {
        return session.getProvider(TextSource.class).texts(realm, locale);
    }

    /** The message of this key, if there is one that says something. */
    public Optional<String> find(String key) {
        return known.byKey().computeIfAbsent(key, this::read);
    }

    /** The tag of their language (BCP 47). */
    public String language() {
        return locale.toLanguageTag();
    }

    private Optional<String> read(String key) {
        return Optional.ofNullable(messages().getProperty(key))
                .filter(message -> !message.isBlank())
                .map(message -> format(key, message));
    }

    private Properties messages() {
        if (messages == null) {
            try {
                messages = known.theme().getEnhancedMessages(realm, locale);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return messages;
    }

    /** Like {@link #find}, for a text that should be there: where it is not, the admin's log says so, once. */
    public Optional<String> expect(String key) {
        Optional<String> text = find(key);
        if (text.isEmpty() && missing.firstTime(realm.getName(), locale, key)) {
            LOG.warnf(
                    "Realm '%s' has no text '%s' in language '%s': customers read a stand-in, or nothing. Write it in the"
                            + " console: Realm settings, Localization, Realm overrides.",
                    realm.getName(), key, locale.toLanguageTag());
        }
        return text;
    }

    /**
     * Tells the admin, once on each node, of what customers of this realm read otherwise than it was written.
     *
     * @param what by which it counts as told
     * @param message what it is and what to do; no secret, nothing personal
     */
    public void tellAdmin(String what, String message) {
        if (missing.firstTime(realm.getName(), Locale.ROOT, what)) {
            LOG.warn(message.replaceAll("\\p{C}", "?"));
        }
    }

    private String format(String key, String message) {
        try {
            return new MessageFormat(message, locale).format(new Object[0]);
        } catch (IllegalArgumentException notAFormat) {
            LOG.warnf(
                    "The message '%s' (%s) of realm '%s' is not a valid Java message format, and is shown as it is."
                            + " Correct it in the console: Realm settings, Localization, Realm overrides.",
                    key, locale, realm.getName());
            return message;
        }
    }

    /** The key in a text of the form <code>${key}</code>, as Keycloak's consent screen reads it. */
    public static Optional<String> key(String text) {
        return text.startsWith("${") && text.endsWith("}")
                ? Optional.of(text.substring(2, text.length() - 1))
                : Optional.empty();
    }
}
