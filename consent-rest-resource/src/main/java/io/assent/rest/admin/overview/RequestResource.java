package io.assent.rest.admin.overview;

import io.assent.overview.Deliveries;
import io.assent.overview.DeliveryRecord;
import io.assent.overview.Part;
import io.assent.overview.RequestQuery;
import io.assent.overview.RequestState;
import io.assent.overview.Requests;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import io.assent.rest.Cursor;
import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.admin.call.ClientView;
import io.assent.rest.admin.call.Parameters;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.EventDetails;
import io.assent.server.ServerTime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What customers were asked: what waits, and what became of the rest. */
@Produces(MediaType.APPLICATION_JSON)
public class RequestResource {

    public static final List<String> PARAMETERS =
            List.of("customer", "client", "status", "askedFrom", "askedTo", "after", "max");

    private static final Map<String, Optional<RequestState>> STATES = Arrays.stream(RequestState.values())
            .collect(Collectors.toMap(state -> state.name().toLowerCase(Locale.ROOT), Optional::of));

    private final StaffCall call;
    private final ConsentRequests requests;

    public RequestResource(StaffCall call) {
        this.call = call;
        requests = ConsentRequests.of(call.session());
    }

    @GET
    public Response search() {
        Parameters parameters = call.parameters(PARAMETERS);
        parameters.refuseBackwards("askedFrom", "askedTo");
        Optional<String> customer = parameters.text("customer", TextRule.USER_ID);
        Optional<String> client = parameters.text("client", TextRule.CLIENT_ID);
        Optional<RequestState> state = parameters.choose("status", Optional.empty(), STATES);
        ListQuery page = parameters.page();
        customer.ifPresentOrElse(call.rights()::requireViewOfCustomer, call.rights()::requireViewOfAllCustomers);
        RequestQuery query = new RequestQuery(
                call.realm().getId(),
                customer,
                client.map(call.clients()::internalId),
                state,
                parameters.moment("askedFrom"),
                parameters.moment("askedTo"));
        Part<ConsentRequest> found = Requests.of(call.session()).search(query, page.after(), page.max());
        return Responses.ok(new RequestView.Found(
                views(found.items()), found.next().map(Cursor::of).orElse(null)));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        ConsentRequest request = find(id);
        call.rights().requireViewOfCustomer(request.parties().userId());
        return Responses.ok(view(request));
    }

    @POST
    @Path("{id}/expire")
    public Response expire(@PathParam("id") String id) {
        ConsentRequest request = find(id);
        call.rights().requireViewOfCustomer(request.parties().userId());
        call.rights().requireManageOfCustomersRequests(request.parties().userId());
        if (request.isPending(ServerTime.now()) && requests.expire(request)) {
            call.events().tell(Map.of(EventDetails.REQUEST_ID, request.id()), "requests/" + request.id() + "/expire");
        }
        ConsentRequest now = find(id);
        if (now.status() != ConsentRequestStatus.PENDING) {
            throw Problem.alreadyDecided("The customer has answered this request.")
                    .toException();
        }
        return Responses.ok(view(now));
    }

    private RequestView view(ConsentRequest request) {
        return views(List.of(request)).get(0);
    }

    private List<RequestView> views(List<ConsentRequest> found) {
        Instant now = ServerTime.now();
        Map<String, List<DeliveryRecord>> deliveries =
                Deliveries.of(call.session()).of(found);
        return found.stream()
                .map(request -> RequestView.of(
                        request,
                        client(request),
                        deliveries.getOrDefault(request.id(), List.of()),
                        call.clients(),
                        now))
                .toList();
    }

    private ClientView client(ConsentRequest request) {
        String id = request.parties().clientId();
        return call.clients().view(id, () -> requests.askedBy(request)
                .map(then -> new ClientView(id, then.clientId(), then.name())));
    }

    private ConsentRequest find(String id) {
        return Uuids.normalized(id)
                .flatMap(normalized -> requests.find(call.realm().getId(), normalized))
                .orElseThrow(() -> call.unknown("request"));
    }
}
