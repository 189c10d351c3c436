package io.assent.rest.admin.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.cloudevent.DeadLetters.Backlog;
import io.assent.destination.Destination;
import io.assent.destination.EventDestinationFactory;
import io.assent.destination.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.provider.ProviderConfigProperty;

/** A destination as it is set, without its secrets. */
@JsonInclude
record DestinationView(
        String name,
        String type,
        boolean enabled,
        SwitchedOff switchedOff,
        boolean customerId,
        String source,
        Map<String, String> settings,
        List<String> secrets,
        long waiting,
        String oldestWaiting,
        long dead) {

    /** @param factory without it nobody knows which settings are secret, and none is shown */
    static DestinationView of(Destination destination, Optional<EventDestinationFactory> factory, Backlog backlog) {
        List<ProviderConfigProperty> set =
                factory.map(EventDestinationFactory::getConfigProperties).orElse(List.of()).stream()
                        .filter(property -> Setting.text(destination.settings(), property.getName())
                                .isPresent())
                        .toList();
        Map<String, String> settings = new TreeMap<>();
        set.stream()
                .filter(property -> !property.isSecret())
                .forEach(property ->
                        settings.put(property.getName(), destination.settings().get(property.getName())));
        return new DestinationView(
                destination.name(),
                destination.type(),
                destination.isOn(),
                destination
                        .switchedOff()
                        .map(off -> new SwitchedOff(off.at().toString(), off.reason()))
                        .orElse(null),
                destination.hasCustomerId(),
                destination.source().orElse(null),
                settings,
                set.stream()
                        .filter(ProviderConfigProperty::isSecret)
                        .map(ProviderConfigProperty::getName)
                        .toList(),
                backlog.waiting(),
                backlog.oldestWaiting().map(Object::toString).orElse(null),
                backlog.dead());
    }

    /** When and why the server switched it off. */
    @JsonInclude
    record SwitchedOff(String at, String reason) {}

    /** All of a realm, and what there can be. */
    @JsonInclude
    record Listed(List<DestinationView> destinations, List<TypeView> types) {}
}
