package io.assent.screen;

import io.assent.permission.PermissionCatalogue;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of the stock {@code freemarker}, see {@link ConsentLoginFormsProvider}. */
public final class ConsentLoginFormsProviderFactory extends FreeMarkerLoginFormsProviderFactory {

    @Override
    public LoginFormsProvider create(KeycloakSession session) {
        return new ConsentLoginFormsProvider(session, new PermissionCatalogue(session));
    }

    /** Above the stock provider's 0. */
    @Override
    public int order() {
        return 1;
    }
}
