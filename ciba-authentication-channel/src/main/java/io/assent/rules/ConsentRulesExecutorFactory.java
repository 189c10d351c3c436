package io.assent.rules;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Makes {@link ConsentRulesExecutor}, with its fields as the console shows them in a client profile. */
public final class ConsentRulesExecutorFactory implements ClientPolicyExecutorProviderFactory {

    static final String ID = "consent-rules";

    @Override
    public ClientPolicyExecutorProvider<RulesConfiguration> create(KeycloakSession session) {
        return new ConsentRulesExecutor();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "The bank's rules for the consents that customers give to a client. Where several apply, the strictest"
                + " counts.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(RulesConfiguration.VALIDITY)
                .label("Longest validity, in days")
                .helpText("How long a consent stands at the most, from 1 to 3650. Empty: 180.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(RulesConfiguration.CONFIRM_EVERY)
                .label("To be confirmed every, in days")
                .helpText("How long a confirmation by the customer holds, from 1 to 3650. After that the client gets no"
                        + " token until the customer confirms. Empty: nobody has to confirm.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(RulesConfiguration.CONFIRM_NOTICE)
                .label("Notice before that, in days")
                .helpText("How long before the end of a confirmation the customer is asked for the next. Empty: 14.")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .build();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
