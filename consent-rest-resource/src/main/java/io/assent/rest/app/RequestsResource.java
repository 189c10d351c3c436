package io.assent.rest.app;

import io.assent.amendment.Amendments;
import io.assent.consent.Consent;
import io.assent.detail.DetailFlaw;
import io.assent.detail.DetailReading;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.device.Devices;
import io.assent.evidence.Circumstances.Question;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.request.ConsentRequests;
import io.assent.request.Decision;
import io.assent.request.DecisionResult;
import io.assent.request.RecordedDecision;
import io.assent.request.Responder;
import io.assent.rest.CallLimit.Excess;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.ListQuery;
import io.assent.rest.ListQuery.Page;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.answer.DecisionProblems;
import io.assent.rest.answer.Objections;
import io.assent.rest.link.LinkView;
import io.assent.rest.link.LinkViews;
import io.assent.server.ServerTime;
import io.assent.signature.DecisionSignature;
import io.assent.trace.LoggedRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** The questions that the customer is asked, and the customer's answers. */
@Produces(MediaType.APPLICATION_JSON)
public class RequestsResource {

    private static final Map<String, Filter> FILTERS = Map.of(
            "pending", Filter.PENDING,
            "approved", Filter.APPROVED,
            "denied", Filter.DENIED,
            "expired", Filter.EXPIRED);

    private final KeycloakSession session;
    private final Caller caller;
    private final ConsentRequests requests;
    private final Devices devices;
    private final CallLimits limits;

    /** By identity: the same permissions in another order are other words. */
    private final Map<RequestedPermissions, Optional<Display.Shown>> inSight = new IdentityHashMap<>();

    private Display display;
    private Responder responder;

    RequestsResource(
            KeycloakSession session, Caller caller, ConsentRequests requests, Devices devices, CallLimits limits) {
        this.session = session;
        this.caller = caller;
        this.requests = requests;
        this.devices = devices;
        this.limits = limits;
    }

    @GET
    public Response list(
            @QueryParam("status") String status, @QueryParam("after") String after, @QueryParam("max") String max) {
        ListQuery query = ListQuery.of(session, after, max);
        Filter filter = ListQuery.choose("status", status, Filter.ALL, FILTERS);
        Page<ConsentRequest> page = query.page(
                requests.list(caller.customer(), filter, query.after(), query.toFind()), ConsentRequest::position);
        return Responses.ok(new RequestView.Listed(views(page.items()), page.next()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        ConsentRequest request = requests.open(caller.customer(), uuid(id), this::responder)
                .orElseThrow(() -> unknown().toException());
        return LoggedRequest.during(
                request.id(),
                () -> Responses.ok(
                        view(request, true).orElseThrow(() -> unknown().toException())));
    }

    @PUT
    @Path("{id}/decision")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response decide(@PathParam("id") String id, InputStream body) {
        Decision decision = limits.excess(caller)
                .map(tooMany -> onlyNo(id, body, tooMany))
                .orElseGet(() -> decision(JsonBody.read(session, body)));
        DecisionResult result = requests.decide(caller.customer(), uuid(id), decision, responder());
        if (result instanceof DecisionResult.Decided decided) {
            return Responses.ok(
                    view(decided.request(), false).orElseThrow(() -> unknown().toException()));
        }
        if (result instanceof DecisionResult.Refused refused) {
            throw Objections.toException(session, refused.objection());
        }
        if (result instanceof DecisionResult.WrongNumber wrong && wrong.triesLeft() == 0) {
            // not thrown: the request is denied
            return DecisionProblems.of(result).toResponse();
        }
        throw DecisionProblems.of(result).toException();
    }

    /** Nobody who sends junk keeps the customer from saying no. Anything else is refused. */
    private Decision onlyNo(String id, InputStream body, Excess excess) {
        try {
            Decision decision = decision(JsonBody.read(session, body));
            if (isNo(id, decision)) {
                return decision;
            }
        } catch (ErrorResponseException malformed) {
            // what is wrong with it is not what is to be said
        }
        if (excess.first()) {
            Uuids.normalized(id).ifPresent(uuid -> requests.refuseOverTheLimit(caller.customer(), uuid, responder()));
        }
        throw excess.toException();
    }

    private boolean isNo(String id, Decision decision) {
        return decision instanceof Decision.Deny
                && Uuids.normalized(id)
                        .filter(uuid -> requests.takesDenial(caller.customer(), uuid))
                        .isPresent();
    }

    private static Problem unknown() {
        return Problem.notFound("The customer has no such request.");
    }

    private Decision decision(JsonBody json) {
        String decision = json.text("decision", TextRule.DECISION);
        Optional<Set<String>> grantedScopes = json.texts("grantedScopes", TextRule.SCOPE);
        Optional<Details> grantedDetails =
                json.list("grantedDetails", Details.MOST).map(this::details);
        boolean reported = json.flag("reported");
        Optional<DecisionSignature> signature = Optional.ofNullable(json.textOrNull("signature", TextRule.SIGNATURE))
                .map(DecisionSignature.Jws::new);
        Optional<String> number = Optional.ofNullable(json.textOrNull("number", TextRule.NUMBER));
        json.refuseOthers();
        if (decision.equals("approve")) {
            if (reported) {
                throw Problem.malformedRequest("An approval can't be reported: leave 'reported' out.")
                        .toException();
            }
            return new Decision.Approve(grantedScopes, grantedDetails, signature, number);
        }
        if (number.isPresent()) {
            throw Problem.malformedRequest("A denial needs no number: leave 'number' out.")
                    .toException();
        }
        if (signature.isPresent()) {
            throw Problem.malformedRequest("A denial is not signed: leave 'signature' out.")
                    .toException();
        }
        if (grantedDetails.isPresent() && !grantedDetails.get().isEmpty()) {
            throw Problem.invalidSelection("A denial grants nothing: leave 'grantedDetails' out.")
                    .toException();
        }
        if (grantedScopes.isPresent() && !grantedScopes.get().isEmpty()) {
            throw Problem.invalidSelection("A denial grants nothing: leave 'grantedScopes' out.")
                    .toException();
        }
        return new Decision.Deny(reported);
    }

    /** @param sent a list, as JSON */
    private Details details(String sent) {
        DetailReading reading = DetailTypes.of(session).readGranted(sent);
        if (reading instanceof DetailFlaw flaw) {
            throw Problem.malformedRequest(flaw.description() + ".").toException();
        }
        return (Details) reading;
    }

    private static String uuid(String id) {
        return Uuids.normalized(id).orElseThrow(() -> unknown().toException());
    }

    /** Who answers by this call. */
    Responder responder() {
        if (responder == null) {
            responder = new Responder(
                    caller.client().getId(),
                    caller.sessionId(),
                    devices.registeredIn(caller.customer(), caller.sessionId()).orElse(null),
                    caller.circumstances(
                            session.getContext().getConnection().getRemoteHost(),
                            question -> shown(question).map(Display.Shown::content)));
        }
        return responder;
    }

    /** Made once a call, and not before the caller sent something that can be read. */
    private Display display() {
        if (display == null) {
            display = new Display(session, caller);
        }
        return display;
    }

    /** What the app gets in the language of this call: the same in what is kept and in what is answered. */
    private Optional<Display.Shown> shown(Question question) {
        return inSight.computeIfAbsent(
                question.permissions(), asked -> display().of(question));
    }

    private List<RequestView> views(List<ConsentRequest> found) {
        Map<String, LinkView> links = links(found);
        return found.stream()
                .map(request -> view(request, false, Optional.ofNullable(links.get(request.id()))))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<RequestView> view(ConsentRequest request, boolean alone) {
        return view(request, alone, Optional.ofNullable(links(List.of(request)).get(request.id())));
    }

    private Map<String, LinkView> links(List<ConsentRequest> found) {
        return new LinkViews(session, caller).of(found, display().texts());
    }

    /**
     * @param alone whether it is the one that is read: then with the accounts that it is about
     * @return empty where nobody knows any more what the client was called
     */
    private Optional<RequestView> view(ConsentRequest request, boolean alone, Optional<LinkView> link) {
        Instant now = ServerTime.now();
        boolean choosable = alone && request.isPending(now);
        Details granted = request.findDecision().map(RecordedDecision::details).orElse(Details.NONE);
        return shown(request)
                .map(shown -> RequestView.of(
                        request,
                        amended(request, now),
                        shown,
                        (choosable ? display().withAccounts(request.details()) : shown.details())
                                .stream()
                                        .map(detail -> DetailView.of(detail, choosable))
                                        .toList(),
                        choosable ? request.challenge() : null,
                        request.isPending(now) ? Optional.of(requests.signature(request)) : Optional.empty(),
                        alone ? display().withAccounts(granted) : display().details(granted),
                        link.orElse(null),
                        now));
    }

    /** The id of the consent that a yes would add to, or {@code null}. */
    private String amended(ConsentRequest request, Instant now) {
        return request.journey().is(Journey.AMENDMENT) && request.isPending(now)
                ? Amendments.of(session).amended(caller.realm(), request).stream()
                        .reduce((older, newer) -> newer)
                        .map(Consent::id)
                        .orElse(null)
                : null;
    }

    private Optional<Display.Shown> shown(ConsentRequest request) {
        return shown(request.question()).or(() -> requests.askedBy(request)
                .map(name -> display().gone(request.question(), name.clientId(), name.name())));
    }
}
