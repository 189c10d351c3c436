package io.assent.rules;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;

/**
 * The executor's fields in one client profile, as the console stores them. A field that is empty says nothing; a
 * profile with a field that is unknown or can't be read is not saved.
 */
public final class RulesConfiguration extends ClientPolicyExecutorConfigurationRepresentation {

    /** Rules that had another name before 0.2.0, by which a realm may have stored them: no limit is lost with it. */
    private static final Map<String, String> EARLIER_NAMES = Map.of(
            "pending-requests-for-customer", "open-requests-for-customer",
            "pending-requests-of-all-clients", "open-requests-of-all-clients");

    @Override
    public boolean validateConfig() {
        return getConfigAsMap().keySet().stream().map(RulesConfiguration::today).allMatch(name -> RuleBook.find(name)
                .map(rule -> find(name).map(rule::reads).orElse(true))
                .orElse(false));
    }

    private static String today(String stored) {
        return EARLIER_NAMES.entrySet().stream()
                .filter(rule -> rule.getValue().equals(stored))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(stored);
    }

    /** What a field says, if anything. */
    Optional<String> find(String name) {
        return Stream.of(name, EARLIER_NAMES.getOrDefault(name, name))
                .map(getConfigAsMap()::get)
                .filter(Objects::nonNull)
                .map(value -> value.toString().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
