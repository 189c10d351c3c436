package io.assent.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.RealmModel;
import org.keycloak.services.util.LocaleUtil;
import org.keycloak.theme.Theme;

/**
 * Messages that were looked up, by realm and language, until the theme or the admin's overrides change. The stock
 * server merges all messages anew, of which there are hundreds, whenever it is asked for some.
 */
final class TextCache {

    /** Realms by languages. */
    private static final int MAX_ENTRIES = 1_000;

    private final Map<Key, Entry> entries = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
            return size() > MAX_ENTRIES;
        }
    });

    /** As the theme and the realm stand now. */
    Entry texts(Theme theme, RealmModel realm, Locale locale) {
        Map<Locale, Properties> overrides = LocaleUtil.getRealmLocalizationTexts(realm, locale);
        return entries.compute(
                new Key(realm.getId(), locale),
                (key, known) -> known != null && known.theme == theme && known.overrides.equals(overrides)
                        ? known
                        : new Entry(theme, overrides, new ConcurrentHashMap<>()));
    }

    private record Key(String realmId, Locale locale) {}

    /**
     * @param theme the theme that the messages come from
     * @param overrides what the admin wrote in the console, in the language and those that it falls back on
     * @param byKey the messages that were looked up; empty where there is none
     */
    record Entry(Theme theme, Map<Locale, Properties> overrides, Map<String, Optional<String>> byKey) {}
}
