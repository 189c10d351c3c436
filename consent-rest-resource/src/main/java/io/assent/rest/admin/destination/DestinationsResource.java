package io.assent.rest.admin.destination;

import io.assent.cloudevent.DeadLetters;
import io.assent.cloudevent.DeadLetters.Backlog;
import io.assent.cloudevent.TestEvent;
import io.assent.destination.Destination;
import io.assent.destination.Destinations;
import io.assent.destination.Destinations.PutResult;
import io.assent.destination.EventDestinationFactory;
import io.assent.rest.JsonBody;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.admin.call.StaffEvents;
import io.assent.rest.admin.call.StaffRights;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The destinations of a realm's events. */
@Produces(MediaType.APPLICATION_JSON)
public class DestinationsResource {

    private static final TextRule NAME = new TextRule(36, Destinations.NAME);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final StaffRights rights;
    private final StaffEvents events;
    private final Destinations destinations;
    private final DeadLetters kept;
    private final DestinationTests tests;

    public DestinationsResource(
            KeycloakSession session, RealmModel realm, StaffRights rights, StaffEvents events, DestinationTests tests) {
        this.session = session;
        this.realm = realm;
        this.rights = rights;
        this.events = events;
        this.tests = tests;
        destinations = Destinations.of(session, realm);
        kept = DeadLetters.of(session, realm);
    }

    @GET
    public Response list() {
        rights.requireViewOfRealm();
        Map<String, Backlog> backlogs = kept.backlogs();
        return Responses.ok(new DestinationView.Listed(
                destinations.all().stream()
                        .map(destination -> view(destination, backlogs))
                        .toList(),
                destinations.types().stream().map(TypeView::of).toList()));
    }

    @GET
    @Path("{name}")
    public Response get(@PathParam("name") String name) {
        rights.requireViewOfRealm();
        return Responses.ok(view(find(name), kept.backlogs()));
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream body) {
        rights.requireManageOfRealm();
        if (!NAME.allows(name)) {
            throw Problem.malformedRequest("The name in the path " + NAME.inWords() + ".")
                    .toException();
        }
        SentDestination sent = SentDestination.read(JsonBody.read(session, body), this::factory);
        PutResult result = destinations.put(name, sent.type(), sent.common(), sent.settings());
        if (result instanceof PutResult.Wrong wrong) {
            throw Problem.malformedRequest(wrong.flaw()).toException();
        }
        if (result instanceof PutResult.OtherType) {
            throw Problem.destinationType("There is a destination of this name and another type: remove it first.")
                    .toException();
        }
        if (result instanceof PutResult.TooMany) {
            throw Problem.tooManyDestinations("A realm has at most " + Destinations.MOST + " destinations.")
                    .toException();
        }
        tell(name, "put");
        return Responses.ok(view(((PutResult.Done) result).destination(), kept.backlogs()));
    }

    private EventDestinationFactory factory(String type) {
        return destinations.factory(type).orElseThrow(() -> Problem.malformedRequest("'type' must be one of "
                        + String.join(
                                ", ",
                                destinations.types().stream()
                                        .map(EventDestinationFactory::getId)
                                        .toList())
                        + ".")
                .toException());
    }

    @DELETE
    @Path("{name}")
    public Response remove(@PathParam("name") String name) {
        rights.requireManageOfRealm();
        destinations.find(name).ifPresent(destination -> {
            destinations.remove(destination);
            kept.removeAll(destination.id());
            tell(name, "delete");
        });
        return Responses.noContent();
    }

    /** The server commits and closes the session when this returns: while the receiver is called none is held. */
    @POST
    @Path("{name}/test")
    public CompletionStage<Response> test(@PathParam("name") String name) {
        rights.requireManageOfRealm();
        Destination destination = find(name);
        tell(name, "test");
        return tests.start(TestEvent.to(session, realm, destination))
                .thenApply(result -> Responses.ok(TestView.of(result)));
    }

    private Destination find(String name) {
        return destinations.find(name).orElseThrow(() -> Problem.notFound("The realm has no such destination.")
                .toException());
    }

    private DestinationView view(Destination destination, Map<String, Backlog> backlogs) {
        return DestinationView.of(
                destination,
                destinations.factory(destination.type()),
                backlogs.getOrDefault(destination.id(), Backlog.NONE));
    }

    /** Without what was set: it may be secret. */
    private void tell(String name, String what) {
        events.tell(Map.of(), "destinations/" + name + "/" + what);
    }
}
