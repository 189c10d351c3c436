package io.assent.cloudevent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.assent.destination.CloudEvent;
import io.assent.destination.Destination;
import io.assent.destination.Destinations;
import io.assent.destination.SendResult;
import io.assent.server.ServerTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** An event about nothing, by which an admin sees whether a destination works. It is sent at once and kept nowhere. */
public final class TestEvent {

    private static final String TYPE = Occurrence.PREFIX + "destination.test";

    /**
     * @return sends it, once the session is closed, and says what came of it; the destination stays as it is, whatever
     *     that is
     */
    public static Supplier<SendResult> to(KeycloakSession session, RealmModel realm, Destination destination) {
        Optional<String> flaw = destination.flaw();
        if (flaw.isPresent()) {
            return () ->
                    new SendResult.Later(Optional.empty(), "the destination is not set right: " + flaw.get(), true);
        }
        CloudEvent event = new CloudEvent(
                UUID.randomUUID().toString(),
                destination.source().orElseGet(() -> EventData.source(realm)),
                TYPE,
                "destinations/" + destination.name(),
                ServerTime.now(),
                "%010d".formatted(1),
                JsonNodeFactory.instance.objectNode().put("destination", destination.name()));
        return Destinations.of(session, realm)
                .factory(destination.type())
                .map(factory -> factory.create(session, destination.settings()))
                .<Supplier<SendResult>>map(sender -> () -> sender.send(event))
                .orElse(() ->
                        new SendResult.Later(Optional.empty(), "this server has no destinations of its type", true));
    }

    private TestEvent() {}
}
