package io.assent.rules;

import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/** Holds the rules of one client profile. Does nothing by itself: the rules are asked for where they count. */
final class ConsentRulesExecutor implements ClientPolicyExecutorProvider<RulesConfiguration> {

    private RulesConfiguration configuration = new RulesConfiguration();

    @Override
    public void setupConfiguration(RulesConfiguration config) {
        configuration = config;
    }

    @Override
    public Class<RulesConfiguration> getExecutorConfigurationClass() {
        return RulesConfiguration.class;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) {
        if (context instanceof RulesQuestion question) {
            question.answer(configuration);
        }
    }

    @Override
    public String getProviderId() {
        return ConsentRulesExecutorFactory.ID;
    }
}
