package io.assent.partner.provider;

import io.assent.partner.PartnerSettings;
import java.util.List;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * Makes {@link PartnerIdentityProvider}: the stock OpenID Connect provider with settings of a partner. The console
 * shows the stock ones for every type with {@code oidc} in its name.
 */
public final class PartnerIdentityProviderFactory extends OIDCIdentityProviderFactory {

    private static final List<ProviderConfigProperty> SETTINGS = ProviderConfigurationBuilder.create()
            .property()
            .name(PartnerSettings.CLIENT)
            .label("Client of the partner")
            .helpText("The client ID by which the partner asks customers in this realm. Who is asked by this client"
                    + " is also offered to let the bank see something at the partner.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(PartnerSettings.SCOPES)
            .label("What the bank may ask for")
            .helpText("The scopes that customers choose from, with spaces between them. For each of them write what"
                    + " customers read into Realm settings, Localization, Realm overrides: partner.<alias>.<scope>,"
                    + " and, for more words, partner.<alias>.<scope>.detail.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(PartnerSettings.REVOCATION_URL)
            .label("Revocation URL")
            .helpText("The partner's revocation endpoint (RFC 7009). It is called when a customer ends what the bank"
                    + " may see.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .build();

    @Override
    public String getName() {
        return "Partner (OpenID Connect)";
    }

    @Override
    public String getId() {
        return PartnerSettings.PROVIDER_ID;
    }

    @Override
    public OIDCIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return new PartnerIdentityProvider(session, new PartnerConfig(model));
    }

    @Override
    public OIDCIdentityProviderConfig createConfig() {
        return new PartnerConfig();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return SETTINGS;
    }
}
