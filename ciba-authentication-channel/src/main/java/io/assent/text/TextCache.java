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
 * The texts of a realm in one language that somebody has looked for, as they are read. The stock server merges all
 * messages anew, of which there are hundreds, whenever it is asked for some.
 *
 * @param theme the theme that they come from
 * @param overrides what the admin wrote in the console, in the language and those that it falls back on
 * @param byKey the texts by key; empty where there is none
 */
record TextCache(Theme theme, Map<Locale, Properties> overrides, Map<String, Optional<String>> byKey) {

    /** Realms by languages. */
    private static final int MOST = 1_000;

    private static final Map<Key, TextCache> ALL = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TextCache> eldest) {
            return size() > MOST;
        }
    });

    /** As the theme and the realm stand now. */
    static TextCache of(Theme theme, RealmModel realm, Locale locale) {
        Map<Locale, Properties> overrides = LocaleUtil.getRealmLocalizationTexts(realm, locale);
        return ALL.compute(
                new Key(realm.getId(), locale),
                (key, known) -> known != null && known.theme == theme && known.overrides.equals(overrides)
                        ? known
                        : new TextCache(theme, overrides, new ConcurrentHashMap<>()));
    }

    private record Key(String realmId, Locale locale) {}
}
