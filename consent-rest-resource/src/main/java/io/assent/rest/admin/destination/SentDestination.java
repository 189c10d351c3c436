package io.assent.rest.admin.destination;

import io.assent.destination.Destination;
import io.assent.destination.EventDestinationFactory;
import io.assent.rest.JsonBody;
import io.assent.rest.Problem;
import io.assent.rest.TextRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A destination as a body sets it.
 *
 * @param settings those that change, by name: one that is empty is to be forgotten; a secret that the body does not
 *     have stays as it is
 */
record SentDestination(String type, Destination.Common common, Map<String, Optional<String>> settings) {

    private static final TextRule TYPE = new TextRule(20, Pattern.compile("[a-z0-9-]+"));
    private static final TextRule SOURCE = new TextRule(255, Pattern.compile("[\\x21-\\x7E]+"));

    /** Words of any kind, and files of keys. */
    private static final TextRule SETTING = new TextRule(8_192, Pattern.compile("[^\\x00-\\x09\\x0B-\\x1F\\x7F]+"));

    static SentDestination read(JsonBody body, Function<String, EventDestinationFactory> factories) {
        String type = body.text("type", TYPE);
        Destination.Common common = new Destination.Common(
                body.flag("enabled"), body.flag("customerId"), Optional.ofNullable(body.textOrNull("source", SOURCE)));
        JsonBody sent = body.object("settings").orElseThrow(() -> Problem.malformedRequest("'settings' is missing.")
                .toException());
        body.refuseOthers();
        Map<String, Optional<String>> settings = new HashMap<>();
        for (ProviderConfigProperty property : factories.apply(type).getConfigProperties()) {
            if (sent.has(property.getName()) || !property.isSecret()) {
                settings.put(property.getName(), Optional.ofNullable(sent.textOrNull(property.getName(), SETTING)));
            }
        }
        sent.refuseOthers();
        return new SentDestination(type, common, settings);
    }
}
