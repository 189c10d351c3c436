package io.assent.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One rule: a field of the executor in the console, how it is read, and which of two values is the stricter one.
 *
 * @param name the field's name in a client profile
 * @param reader the value of a text, or empty where the text is none
 * @param strict what counts in the place of a text that can't be read: less than anybody meant
 * @param byDefault what counts where no client policy sets the rule
 */
record Rule<T>(
        String name,
        String label,
        String help,
        List<String> choices,
        Function<String, Optional<T>> reader,
        T strict,
        T byDefault,
        BinaryOperator<T> stricter) {

    /** The strictest of all that is set. */
    T of(List<RulesConfiguration> set) {
        return set.stream()
                .flatMap(configuration -> configuration.find(name).stream())
                .map(text -> reader.apply(text).orElse(strict))
                .reduce(stricter)
                .orElse(byDefault);
    }

    boolean reads(String text) {
        return reader.apply(text).isPresent();
    }

    ProviderConfigProperty field() {
        ProviderConfigProperty field =
                new ProviderConfigProperty(name, label, help, ProviderConfigProperty.STRING_TYPE, null);
        if (!choices.isEmpty()) {
            field.setType(ProviderConfigProperty.LIST_TYPE);
            field.setOptions(choices);
        }
        return field;
    }
}
