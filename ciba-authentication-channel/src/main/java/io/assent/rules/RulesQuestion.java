package io.assent.rules;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientModelContext;

/** Asks the client policies which rules are set for a client. Only {@link ConsentRulesExecutor} answers. */
final class RulesQuestion implements ClientModelContext {

    private final ClientModel client;
    private final List<RulesConfiguration> answers = new ArrayList<>();

    RulesQuestion(ClientModel client) {
        this.client = client;
    }

    /** One at which no other executor does anything, and no condition but those on the client itself has a say. */
    @Override
    public ClientPolicyEvent getEvent() {
        return ClientPolicyEvent.VIEW;
    }

    @Override
    public ClientModel getClient() {
        return client;
    }

    void answer(RulesConfiguration set) {
        answers.add(set);
    }

    List<RulesConfiguration> answers() {
        return List.copyOf(answers);
    }
}
