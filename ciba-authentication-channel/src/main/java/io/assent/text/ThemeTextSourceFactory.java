package io.assent.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The messages of the realm's login theme, with what the admin wrote over them in the console. */
public final class ThemeTextSourceFactory implements TextSourceFactory {

    private final TextCache cache = new TextCache();
    private final WarnOnce missing = new WarnOnce();

    @Override
    public TextSource create(KeycloakSession session) {
        return (realm, locale) -> texts(session, realm, locale);
    }

    private Texts texts(KeycloakSession session, RealmModel realm, Locale locale) {
        try {
            Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
            return new Texts(realm, locale, cache.texts(theme, realm, locale), missing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getId() {
        return "theme";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
