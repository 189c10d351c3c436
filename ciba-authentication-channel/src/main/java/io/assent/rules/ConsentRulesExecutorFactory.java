package io.assent.rules;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** Makes {@link ConsentRulesExecutor}, with its fields as the console shows them in a client profile. */
public final class ConsentRulesExecutorFactory implements ClientPolicyExecutorProviderFactory {

    /** The executor's name in a client profile. */
    public static final String ID = "consent-rules";

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
        return "The bank's rules for a client that asks customers, and for its consents. If several"
                + " policies set a rule, the strictest applies.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return RuleBook.ALL.stream().map(Rule::field).toList();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
