package io.assent.rest.app;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.Responder;
import io.assent.rest.CallLimit;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.server.ServerTime;
import io.assent.text.Languages;
import io.assent.text.Texts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** The questions that the customer is asked, and the customer's answers. */
@Produces(MediaType.APPLICATION_JSON)
public class RequestsResource {

    private static final String DEFAULT_MAX = "20";
    private static final int LARGEST_MAX = 100;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,10}");

    private final KeycloakSession session;
    private final Caller caller;
    private final ConsentRequests requests;
    private final Devices devices;
    private final CallLimit decisions;

    RequestsResource(
            KeycloakSession session, Caller caller, ConsentRequests requests, Devices devices, CallLimit decisions) {
        this.session = session;
        this.caller = caller;
        this.requests = requests;
        this.devices = devices;
        this.decisions = decisions;
    }

    @GET
    public Response list(
            @QueryParam("status") String status, @QueryParam("first") String first, @QueryParam("max") String max) {
        refuseEmpty("status", "first", "max");
        List<ConsentRequest> found = requests.list(
                caller.customer(),
                filter(status),
                number("first", first, "0", 0, Integer.MAX_VALUE),
                number("max", max, DEFAULT_MAX, 1, LARGEST_MAX));
        return Responses.ok(views(found));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return Responses.ok(view(requests.open(caller.customer(), uuid(id), this::responder)
                .orElseThrow(() -> unknown().toException())));
    }

    @PUT
    @Path("{id}/decision")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response decide(@PathParam("id") String id, InputStream body) {
        caller.throttle(decisions, () -> Uuids.normalized(id)
                .ifPresent(uuid -> requests.refuseOverTheLimit(caller.customer(), uuid, responder())));
        Decision decision = decision(JsonBody.read(session, body));
        DecisionResult result = requests.decide(caller.customer(), uuid(id), decision, responder());
        if (result instanceof DecisionResult.Decided decided) {
            return Responses.ok(view(decided.request()));
        }
        throw problem(result).toException();
    }

    private static Problem problem(DecisionResult result) {
        if (result instanceof DecisionResult.OwnClient) {
            return Problem.ownClient("A client can't answer its own request.");
        }
        if (result instanceof DecisionResult.AlreadyDecided) {
            return Problem.alreadyDecided("The customer answered otherwise before. That answer stands.");
        }
        if (result instanceof DecisionResult.Expired) {
            return Problem.expired("The time to answer is over.");
        }
        if (result instanceof DecisionResult.InvalidSelection invalid) {
            return Problem.invalidSelection(invalid.refusal().reason());
        }
        return unknown();
    }

    private static Problem unknown() {
        return Problem.notFound("The customer has no such request.");
    }

    private static Decision decision(JsonBody json) {
        String decision = json.text("decision", TextRule.DECISION);
        Optional<Set<String>> grantedScopes = json.texts("grantedScopes", TextRule.SCOPE);
        json.refuseOthers();
        if (decision.equals("approve")) {
            return new Decision.Approve(grantedScopes);
        }
        if (grantedScopes.isPresent()) {
            throw Problem.malformedRequest("A denial takes no 'grantedScopes'.").toException();
        }
        return new Decision.Deny();
    }

    private static String uuid(String id) {
        return Uuids.normalized(id).orElseThrow(() -> unknown().toException());
    }

    private Responder responder() {
        return new Responder(
                caller.client().getId(),
                caller.sessionId(),
                devices.registeredIn(caller.customer(), caller.sessionId())
                        .map(Device::id)
                        .orElse(null));
    }

    private RequestView view(ConsentRequest request) {
        return views(List.of(request)).stream().findFirst().orElseThrow(() -> unknown()
                .toException());
    }

    private List<RequestView> views(List<ConsentRequest> found) {
        Instant now = ServerTime.now();
        Texts texts = texts();
        PermissionCatalogue catalogue = new PermissionCatalogue(session);
        return found.stream()
                .map(request -> {
                    ClientModel client =
                            caller.realm().getClientById(request.parties().clientId());
                    return client == null
                            ? null
                            : RequestView.of(
                                    request,
                                    client,
                                    catalogue.groups(client, request.permissions(), texts),
                                    texts,
                                    now);
                })
                // a client that is being removed takes its requests with it
                .filter(Objects::nonNull)
                .toList();
    }

    private Texts texts() {
        String preferred =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
        return Texts.of(session, caller.realm(), new Languages(caller.realm()).choose(preferred, caller.user()));
    }

    /** JAX-RS takes a parameter without a value for one that is not there. */
    private void refuseEmpty(String... names) {
        MultivaluedMap<String, String> query = session.getContext().getUri().getQueryParameters();
        for (String name : names) {
            if (query.containsKey(name) && query.getFirst(name).isEmpty()) {
                throw malformed("'" + name + "' has no value.");
            }
        }
    }

    private static Filter filter(String status) {
        if (status == null) {
            return Filter.ALL;
        }
        return switch (status) {
            case "pending" -> Filter.PENDING;
            case "approved" -> Filter.APPROVED;
            case "denied" -> Filter.DENIED;
            case "expired" -> Filter.EXPIRED;
            default -> throw malformed("'status' must be pending, approved, denied or expired.");
        };
    }

    private static int number(String name, String value, String byDefault, int least, int most) {
        return wholeNumber(value == null ? byDefault : value, least, most)
                .orElseThrow(
                        () -> malformed("'" + name + "' must be a whole number from " + least + " to " + most + "."));
    }

    static OptionalInt wholeNumber(String digits, int least, int most) {
        if (WHOLE_NUMBER.matcher(digits).matches()) {
            long number = Long.parseLong(digits);
            if (number >= least && number <= most) {
                return OptionalInt.of((int) number);
            }
        }
        return OptionalInt.empty();
    }

    private static ErrorResponseException malformed(String detail) {
        return Problem.malformedRequest(detail).toException();
    }
}
