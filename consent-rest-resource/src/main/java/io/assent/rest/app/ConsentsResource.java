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
import io.assent.evidence.Circumstances;
import io.assent.permission.PermissionCatalogue;
import io.assent.permission.PermissionGroup;
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
import io.assent.text.Texts;
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
        Texts texts = CustomersTexts.of(session, caller);
        Page<Consent> page =
                query.page(consents.list(caller.customer(), filter, query.after(), query.toFind()), Consent::position);
        return Responses.ok(new ConsentView.Listed(
                page.items().stream().map(consent -> view(consent, null, texts)).toList(), page.next()));
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Consent consent = consents.find(caller.customer(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        return Responses.ok(view(consent, consents.history(consent), CustomersTexts.of(session, caller)));
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
            return Responses.ok(view(narrowed.consent(), null, CustomersTexts.of(session, caller)));
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
            return Responses.ok(view(confirmed.consent(), null, CustomersTexts.of(session, caller)));
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

    private ConsentView view(Consent consent, List<ConsentRecord> history, Texts texts) {
        ClientModel client = caller.realm().getClientById(consent.parties().clientId());
        return ConsentView.of(
                consent,
                client == null ? gone(consent, texts) : RequestingClient.of(session, client, texts),
                groups(client, consent, texts),
                history,
                ServerTime.now());
    }

    /** @return {@code null} where it was granted before the client's name was kept */
    private RequestingClient gone(Consent consent, Texts texts) {
        return consents.grantedTo(consent)
                .map(client -> RequestingClient.gone(caller.realm(), client.clientId(), client.name(), texts))
                .orElse(null);
    }

    /** @param client {@code null} where it is gone: then by the names of what was granted */
    private List<PermissionGroup> groups(ClientModel client, Consent consent, Texts texts) {
        PermissionCatalogue catalogue = new PermissionCatalogue(session);
        RequestedPermissions granted = new RequestedPermissions(consent.names(), Set.of(), true);
        return client == null ? catalogue.groups(granted, texts) : catalogue.groups(client, granted, texts);
    }
}
