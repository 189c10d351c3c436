package io.assent.rest.admin.destination;

import io.assent.cloudevent.DeadLetters;
import io.assent.cloudevent.DeadLetters.DeadLetter;
import io.assent.destination.Destination;
import io.assent.destination.Destinations;
import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.Parameters;
import io.assent.rest.admin.call.StaffEvents;
import io.assent.rest.admin.call.StaffRights;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The events that a realm's destinations did not take. */
@Produces(MediaType.APPLICATION_JSON)
public class EventsResource {

    private static final List<String> PARAMETERS = List.of("destination", "after", "max");
    private static final TextRule NAME = new TextRule(36, Destinations.NAME);

    private final KeycloakSession session;
    private final StaffRights rights;
    private final StaffEvents events;
    private final Destinations destinations;
    private final DeadLetters letters;

    public EventsResource(KeycloakSession session, RealmModel realm, StaffRights rights, StaffEvents events) {
        this.session = session;
        this.rights = rights;
        this.events = events;
        destinations = Destinations.of(session, realm);
        letters = DeadLetters.of(session, realm);
    }

    @GET
    @Path("dead")
    public Response dead() {
        rights.requireViewOfRealm();
        Parameters query = Parameters.of(session.getContext().getUri().getQueryParameters(), PARAMETERS);
        Optional<String> destination = query.text("destination", NAME).map(this::idOf);
        ListQuery.Page<DeadLetter> page = query.page()
                .page(
                        letters.list(
                                destination, query.page().after(), query.page().toFind()),
                        DeadLetter::position);
        return Responses.ok(new DeadLetterView.Listed(
                page.items().stream()
                        .map(letter -> DeadLetterView.of(
                                letter,
                                destinations.byId(letter.destinationId()).map(Destination::name)))
                        .toList(),
                page.next()));
    }

    private String idOf(String name) {
        return destinations.find(name).map(Destination::id).orElseThrow(() -> Problem.notFound(
                        "The realm has no such destination.")
                .toException());
    }

    @POST
    @Path("{id}/resend")
    public Response resend(@PathParam("id") String id) {
        rights.requireManageOfRealm();
        String known = Uuids.normalized(id).filter(letters::resend).orElseThrow(() -> Problem.notFound(
                        "There is no such event. The destination may have taken it.")
                .toException());
        events.tell(Map.of(), "events/" + known + "/resend");
        return Responses.of(Response.Status.ACCEPTED, Map.of("id", known));
    }
}
