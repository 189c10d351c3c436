package io.assent.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeProvider;
import org.keycloak.theme.ThemeResourceProvider;

/**
 * A theme of a realm with its parents, and the texts that it has in each language by itself: what the server shows
 * falls back on other languages, and so never says that a text is missing.
 */
final class Words {

    /** So deep no theme descends, unless two are each other's parents. */
    private static final int MOST_PARENTS = 20;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<Theme> themes;
    private final Map<String, Map<Object, Object>> byLanguage = new TreeMap<>();

    private Words(KeycloakSession session, RealmModel realm, List<Theme> themes) {
        this.session = session;
        this.realm = realm;
        this.themes = themes;
    }

    /** @param name the theme's name, or {@code null} where the realm has none of its own */
    static Words of(KeycloakSession session, RealmModel realm, String name, Theme.Type type) {
        List<ThemeProvider> providers = session.getAllProviders(ThemeProvider.class).stream()
                // as the server looks for them
                .sorted(Comparator.comparingInt(ThemeProvider::getProviderPriority)
                        .reversed())
                .toList();
        List<Theme> themes = new ArrayList<>();
        Optional<Theme> next = find(providers, name, type);
        while (next.isPresent() && themes.size() < MOST_PARENTS) {
            themes.add(next.get());
            next = find(providers, next.get().getParentName(), type);
        }
        return new Words(session, realm, themes);
    }

    private static Optional<Theme> find(List<ThemeProvider> providers, String name, Theme.Type type) {
        return name == null || name.isEmpty()
                ? Optional.empty()
                : providers.stream()
                        .filter(provider -> provider.hasTheme(name, type))
                        .findFirst()
                        .map(provider -> theme(provider, name, type));
    }

    private static Theme theme(ThemeProvider provider, String name, Theme.Type type) {
        try {
            return provider.getTheme(name, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the theme is another one, or descends from it. */
    boolean are(String name) {
        return themes.stream().anyMatch(theme -> theme.getName().equals(name));
    }

    /** Whether there is a text in a language, be it for a region of it or not. */
    boolean have(String key, String language) {
        String wide = Locale.forLanguageTag(language).getLanguage();
        return hasText(key, language) || !wide.equals(language) && hasText(key, wide);
    }

    private boolean hasText(String key, String language) {
        Object text = byLanguage.computeIfAbsent(language, this::read).get(key);
        return text != null && !text.toString().isBlank();
    }

    private Map<Object, Object> read(String language) {
        try {
            Locale locale = Locale.forLanguageTag(language);
            Map<Object, Object> texts = new HashMap<>();
            for (ThemeResourceProvider provider : session.getAllProviders(ThemeResourceProvider.class)) {
                texts.putAll(provider.getMessages("messages", locale));
            }
            for (int place = themes.size() - 1; place >= 0; place--) {
                texts.putAll(themes.get(place).getMessages("messages", locale));
            }
            texts.putAll(realm.getRealmLocalizationTextsByLocale(language));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
