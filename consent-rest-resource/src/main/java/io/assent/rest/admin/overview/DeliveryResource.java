package io.assent.rest.admin.overview;

import io.assent.overview.Deliveries;
import io.assent.overview.DeliveryHealth;
import io.assent.overview.DeliveryRecord;
import io.assent.overview.DeliveryState;
import io.assent.overview.Part;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequests;
import io.assent.rest.Cursor;
import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.Parameters;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.EventDetails;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is sent to devices and TPPs, and how that fares. */
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryResource {

    public static final List<String> PARAMETERS = List.of("client", "state", "after", "max");

    private static final Set<DeliveryState> UNSETTLED = EnumSet.of(DeliveryState.WAITING, DeliveryState.FAILED);

    private static final Map<String, Set<DeliveryState>> STATES = states();

    private final StaffCall call;
    private final Deliveries deliveries;
    private final ConsentRequests requests;

    public DeliveryResource(StaffCall call) {
        this.call = call;
        deliveries = Deliveries.of(call.session());
        requests = ConsentRequests.of(call.session());
    }

    @GET
    public Response search() {
        Parameters parameters = call.parameters(PARAMETERS);
        Optional<String> client = parameters.text("client", TextRule.CLIENT_ID);
        Set<DeliveryState> states = parameters.choose("state", UNSETTLED, STATES);
        ListQuery page = parameters.page();
        call.rights().requireViewOfAllCustomers();
        Part<DeliveryRecord> found = deliveries.search(
                call.realm().getId(), client.map(call.clients()::internalId), states, page.after(), page.max());
        return Responses.ok(new DeliveryView.Found(
                found.items().stream().map(this::view).toList(),
                found.next().map(Cursor::of).orElse(null)));
    }

    @GET
    @Path("health")
    public Response health() {
        call.rights().requireViewOfAllClients();
        DeliveryHealth health = DeliveryHealth.of(call.session());
        return Responses.ok(HealthView.of(
                ServerTime.now(),
                health.ofPlatforms(call.realm().getId()),
                health.ofClients(call.realm().getId()),
                call.clients()));
    }

    @POST
    @Path("{id}/resend")
    public Response resend(@PathParam("id") String id) {
        DeliveryRecord known = Uuids.normalized(id)
                .flatMap(normalized -> deliveries.find(call.realm().getId(), normalized))
                .orElseThrow(() -> call.unknown("delivery"));
        requireManage(known);
        DeliveryRecord now = deliveries.resend(known).orElseThrow(() -> Problem.notSendable(
                        "The delivery is no longer needed. Nothing was done.")
                .toException());
        if (known.state() != DeliveryState.DELIVERED) {
            call.events().tell(details(now), "deliveries/" + now.id() + "/resend");
        }
        return Responses.ok(view(now));
    }

    private void requireManage(DeliveryRecord delivery) {
        Parties parties = delivery.delivery().parties();
        call.rights().requireViewOfCustomer(parties.userId());
        if (deliveries.isToTheClient(delivery)) {
            call.rights()
                    .requireManageOfClient(
                            call.clients().find(parties.clientId()).orElseThrow(() -> call.unknown("client")));
        } else {
            call.rights().requireManageOfCustomersRequests(parties.userId());
        }
    }

    private static Map<String, String> details(DeliveryRecord delivery) {
        return Optional.ofNullable(delivery.delivery().ownerId())
                .map(id -> Map.of(EventDetails.REQUEST_ID, id))
                .orElseGet(Map::of);
    }

    private DeliveryView view(DeliveryRecord row) {
        Optional<ConsentRequest> request = Optional.ofNullable(row.delivery().ownerId())
                .flatMap(id -> requests.find(call.realm().getId(), id));
        return DeliveryView.of(row, request, call.clients(), ServerTime.now());
    }

    private static Map<String, Set<DeliveryState>> states() {
        Map<String, Set<DeliveryState>> states = new HashMap<>();
        for (DeliveryState state : DeliveryState.values()) {
            states.put(state.name().toLowerCase(Locale.ROOT), Set.of(state));
        }
        return Map.copyOf(states);
    }
}
