package io.assent.rules;

import java.util.Optional;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;

/**
 * The executor's fields in one client profile, as the console stores them. A field that is empty says nothing; a
 * profile with a field that is unknown or can't be read is not saved.
 */
public final class RulesConfiguration extends ClientPolicyExecutorConfigurationRepresentation {

    @Override
    public boolean validateConfig() {
        return getConfigAsMap().keySet().stream().allMatch(name -> RuleBook.find(name)
                .map(rule -> find(name).map(rule::reads).orElse(true))
                .orElse(false));
    }

    /** What a field says, if anything. */
    Optional<String> find(String name) {
        return Optional.ofNullable(getConfigAsMap().get(name))
                .map(value -> value.toString().strip())
                .filter(text -> !text.isEmpty());
    }
}
