package io.assent.rest.app;

import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.consent.Actor;
import io.assent.consent.ConfirmResult;
import io.assent.consent.Consent;
import io.assent.consent.ConsentRecord;
import io.assent.consent.ConsentStore.Filter;
import io.assent.consent.Consents;
import io.assent.consent.NarrowResult;
import io.assent.detail.ShownDetail;
import io.assent.evidence.Circumstances;
import io.assent.permission.RequestedPermissions;
import io.assent.permission.RequestingClient;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.ListQuery;
import io.assent.rest.ListQuery.Page;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.server.ServerTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** What the customer granted: what stands and what stood. */
@Produces(MediaType.APPLICATION_JSON)
public class ConsentsResource {

    private static final Map<String, Filter> FILTERS = Map.of("live", Filter.LIVE, "ended", Filter.ENDED);

    private final KeycloakSession session;
    private final Caller caller;
    private final Consents consents;
    private final Authority authority;

    ConsentsResource(KeycloakSession session, Caller caller, Consents consents, Authority authority) {
        this.session = session;
        this.caller = caller;
        this.consents = consents;
        this.authority = authority;
    }

    @GET
    public Response list(
            @QueryParam("status") String status, @QueryParam("after") String after, @QueryParam("max") String max) {
        ListQuery query = ListQuery.of(session, after, max);
        Filter filter = ListQuery.choose("status", status, Filter.ALL, FILTERS);
        Display display = display();
        Page<Consent> page =
                query.page(consents.list(caller.customer(), filter, query.after(), query.toFind()), Consent::position);
        return Responses.ok(new ConsentView.Listed(
                page.items().stream()
                        .map(consent -> view(consent, null, display))
                        .toList(),
                page.next()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Consent consent = consents.find(caller.customer(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        Display display = display();
        return Responses.ok(view(consent, consents.history(consent), display.withAccounts(consent.details()), display));
    }

    @PUT
    @Path("{id}/permissions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response narrow(@PathParam("id") String id, InputStream body) {
        JsonBody json = JsonBody.read(session, body);
        Set<String> scopes = json.texts("grantedScopes", TextRule.SCOPE)
                .orElseThrow(() ->
                        Problem.malformedRequest("'grantedScopes' is missing.").toException());
        json.refuseOthers();
        refuse(Authority.toTakingBack(circumstances()));
        NarrowResult result = consents.narrow(caller.customer(), uuid(id), scopes, Actor.CUSTOMER);
        if (result instanceof NarrowResult.Narrowed narrowed) {
            return Responses.ok(view(narrowed.consent(), null, display()));
        }
        throw problem(result).toException();
    }

    @PUT
    @Path("{id}/confirmation")
    public Response confirm(@PathParam("id") String id) {
        Consent consent = consents.find(caller.customer(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        refuse(authority.toApproval(consent.parties(), caller.client().getId(), circumstances(), List.of()));
        ConfirmResult result = consents.confirm(caller.customer(), consent.id(), Actor.CUSTOMER);
        if (result instanceof ConfirmResult.Confirmed confirmed) {
            return Responses.ok(view(confirmed.consent(), null, display()));
        }
        throw (result instanceof ConfirmResult.Over ? ended() : unknown()).toException();
    }

    @DELETE
    @Path("{id}")
    public Response withdraw(@PathParam("id") String id) {
        refuse(Authority.toTakingBack(circumstances()));
        consents.withdraw(caller.customer(), uuid(id), Actor.CUSTOMER)
                .orElseThrow(() -> unknown().toException());
        return Responses.noContent();
    }

    private static void refuse(Optional<Objection> objection) {
        objection.ifPresent(objected -> {
            throw Objections.toException(objected);
        });
    }

    private Circumstances circumstances() {
        return caller.circumstances(session.getContext().getConnection().getRemoteHost(), question -> Optional.empty());
    }

    private static Problem problem(NarrowResult result) {
        if (result instanceof NarrowResult.Over) {
            return ended();
        }
        if (result instanceof NarrowResult.Wider) {
            return Problem.invalidSelection("grantedScopes names a permission that the consent does not grant.");
        }
        return result instanceof NarrowResult.Nothing
                ? Problem.invalidSelection("Nothing is left. To take everything back, delete the consent.")
                : unknown();
    }

    private static Problem ended() {
        return Problem.consentEnded("The consent has ended. Nothing can be changed any more.");
    }

    private static Problem unknown() {
        return Problem.notFound("The customer has no such consent.");
    }

    private static String uuid(String id) {
        return Uuids.normalized(id).orElseThrow(() -> unknown().toException());
    }

    private ConsentView view(Consent consent, List<ConsentRecord> history, Display display) {
        return view(consent, history, display.details(consent.details()), display);
    }

    private ConsentView view(Consent consent, List<ConsentRecord> history, List<ShownDetail> details, Display display) {
        ClientModel client = caller.realm().getClientById(consent.parties().clientId());
        return ConsentView.of(
                consent,
                client == null ? gone(consent, display) : display.client(client),
                display.groups(client, new RequestedPermissions(consent.names(), Set.of(), true)),
                details,
                history,
                ServerTime.now());
    }

    /** @return {@code null} where it was granted before the client's name was kept */
    private RequestingClient gone(Consent consent, Display display) {
        return consents.grantedTo(consent)
                .map(client -> display.gone(client.clientId(), client.name()))
                .orElse(null);
    }

    private Display display() {
        return new Display(session, caller);
    }
}
