package io.assent.kafka;

import io.assent.server.ProviderOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The brokers that an operator allows realms to name: a broker is inside in most banks, and gets what the realm's admin
 * writes, a password too. Without the option there are none.
 *
 * @param names of hosts, as settings write them, in lower case
 * @param option how the operator writes it
 */
record AllowedHosts(Set<String> names, String option) {

    static final String OPTION = "allowed-hosts";

    AllowedHosts {
        names = Set.copyOf(names);
    }

    static AllowedHosts of(ProviderOptions options) {
        return new AllowedHosts(
                options.text(OPTION).stream()
                        .flatMap(list -> Arrays.stream(list.split(",")))
                        .map(name -> name.trim().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                options.name(OPTION));
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(OPTION)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The names or addresses of the brokers that realms may name, separated by commas. Without"
                        + " it realms may name none.")
                .add()
                .build();
    }

    /** What is to be set otherwise, if a broker is not among them. */
    Optional<String> flaw(KafkaSettings settings) {
        return names.containsAll(settings.hosts())
                ? Optional.empty()
                : Optional.of("'" + KafkaSettings.BOOTSTRAP_SERVERS
                        + "' names a host that the operator does not allow. If it is meant, name it in " + option
                        + ".");
    }
}
