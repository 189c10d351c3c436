package io.assent.login;

import io.assent.authority.Authority;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Makes the authenticator {@value #PROVIDER_ID} for a flow of the browser: alone, or as an alternative to others. In
 * the console: <i>Authentication</i>, a flow, <i>Add execution</i>, <i>Consent app</i>.
 */
public final class ConsentAppAuthenticatorFactory implements AuthenticatorFactory {

    public static final String PROVIDER_ID = "consent-app";

    private static final Requirement[] REQUIREMENTS = {
        Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED
    };

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Consent app";
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public String getHelpText() {
        return "Logs customers in by the bank's app, without a password. The page shows a QR code and"
                + " a link, the customer decides the client's request in the app, and the login"
                + " continues. The login has the level and the age of the login to the app. For browser"
                + " flows and OpenID Connect clients. Use it alone as Required, or as the first of"
                + " several Alternatives, so that a reload shows the same page.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new ConsentAppAuthenticator(session, Authority.of(session));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
