package io.assent.rest.admin.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.destination.EventDestinationFactory;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** A type of destination that this server has, for who makes a form of it. */
@JsonInclude
record TypeView(String type, List<SettingView> settings) {

    static TypeView of(EventDestinationFactory factory) {
        return new TypeView(
                factory.getId(),
                factory.getConfigProperties().stream().map(SettingView::of).toList());
    }

    /** What can be set, in text. */
    @JsonInclude
    record SettingView(String name, String label, String help, boolean secret, boolean required) {

        private static SettingView of(ProviderConfigProperty property) {
            return new SettingView(
                    property.getName(),
                    property.getLabel(),
                    property.getHelpText(),
                    property.isSecret(),
                    property.isRequired());
        }
    }
}
