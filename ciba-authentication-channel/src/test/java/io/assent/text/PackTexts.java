package io.assent.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The texts that this module brings, without a server. */
public final class PackTexts {

    public static Texts in(String language) {
        Properties messages = new Properties();
        try (InputStreamReader file = new InputStreamReader(
                Texts.class.getResourceAsStream("/theme-resources/messages/messages_%s.properties".formatted(language)),
                StandardCharsets.UTF_8)) {
            messages.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(Locale.forLanguageTag(language), messages);
    }

    /** A language without any text. */
    public static Texts none(String language) {
        return of(Locale.forLanguageTag(language), new Properties());
    }

    /** A language with these texts alone. */
    public static Texts only(Map<String, String> texts) {
        Properties messages = new Properties();
        messages.putAll(texts);
        return of(Locale.ENGLISH, messages);
    }

    private static Texts of(Locale locale, Properties messages) {
        return new Texts(
                answering(RealmModel.class, "getName", "bank"),
                locale,
                new TextCache.Entry(
                        answering(Theme.class, "getEnhancedMessages", messages), Map.of(), new ConcurrentHashMap<>()),
                new WarnOnce());
    }

    private static <T> T answering(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, given) -> {
            if (called.getName().equals(method)) {
                return answer;
            }
            throw new UnsupportedOperationException(called.getName());
        }));
    }

    private PackTexts() {}
}
