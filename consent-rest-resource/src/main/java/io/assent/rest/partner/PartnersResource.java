package io.assent.rest.partner;

import io.assent.authority.Authority;
import io.assent.evidence.Circumstances;
import io.assent.partner.PartnerAccess;
import io.assent.partner.PartnerAccess.Ender;
import io.assent.partner.PartnerSettings;
import io.assent.partner.Partners;
import io.assent.partner.WishResult;
import io.assent.rest.Caller;
import io.assent.rest.JsonBody;
import io.assent.rest.ListQuery;
import io.assent.rest.ListQuery.Page;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.Uuids;
import io.assent.rest.answer.Objections;
import io.assent.server.Parties;
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
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** What the customer lets the bank see at partners. */
@Produces(MediaType.APPLICATION_JSON)
public class PartnersResource {

    private final KeycloakSession session;
    private final Caller caller;
    private final Partners partners;
    private final Texts texts;

    /** @param texts in the customer's language */
    public PartnersResource(KeycloakSession session, Caller caller, Partners partners, Texts texts) {
        this.session = session;
        this.caller = caller;
        this.partners = partners;
        this.texts = texts;
    }

    @GET
    public Response list(@QueryParam("after") String after, @QueryParam("max") String max) {
        ListQuery query = ListQuery.of(session, after, max);
        Page<PartnerAccess> page =
                query.page(partners.list(caller.customer(), query.after(), query.toFind()), PartnerAccess::position);
        return Responses.ok(
                new PartnerView.Listed(page.items().stream().map(this::view).toList(), page.next()));
    }

    @DELETE
    @Path("{id}")
    public Response end(@PathParam("id") String id) {
        Authority.toTakingBack(circumstances()).ifPresent(objection -> {
            throw Objections.toException(session, objection);
        });
        Uuids.normalized(id)
                .flatMap(known -> partners.end(caller.customer(), known, Ender.CUSTOMER))
                .orElseThrow(() -> Problem.notFound("The customer has let the bank see no such thing.")
                        .toException());
        return Responses.noContent();
    }

    @GET
    @Path("offers/{clientId}")
    public Response offer(@PathParam("clientId") String clientId) {
        return Responses.ok(parties(clientId)
                .flatMap(parties -> partners.offer(parties, texts))
                .map(OfferView::of)
                .orElseThrow(() -> nothing().toException()));
    }

    @PUT
    @Path("offers/{clientId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response choose(@PathParam("clientId") String clientId, InputStream body) {
        JsonBody json = JsonBody.read(session, body);
        Set<String> scopes = json.texts("scopes", TextRule.SCOPE)
                .orElseThrow(
                        () -> Problem.malformedRequest("'scopes' is missing.").toException());
        json.refuseOthers();
        Authority.toSettings(circumstances()).ifPresent(objection -> {
            throw Objections.toException(session, objection);
        });
        Parties parties = parties(clientId)
                .filter(both -> partners.offer(both, texts).isPresent())
                .orElseThrow(() -> nothing().toException());
        WishResult result = partners.want(parties, scopes, texts);
        if (result instanceof WishResult.Wanted wanted) {
            return Responses.ok(WishView.of(wanted.access()));
        }
        throw Problem.invalidSelection(
                        result instanceof WishResult.Nothing
                                ? "'scopes' is empty. To go one way only, do not call this."
                                : "'scopes' names something that the customer is not offered at this client.")
                .toException();
    }

    private Optional<Parties> parties(String clientId) {
        return Optional.ofNullable(caller.realm().getClientByClientId(clientId))
                .map(client -> Parties.of(caller.realm(), client, caller.user()));
    }

    private PartnerView view(PartnerAccess access) {
        // whoever has the alias by now is another one
        IdentityProviderModel provider = session.identityProviders().getById(access.providerId());
        ClientModel client = caller.realm().getClientById(access.parties().clientId());
        return PartnerView.of(
                access,
                provider == null ? access.alias() : PartnerSettings.name(provider),
                client == null ? null : client.getClientId(),
                texts);
    }

    private Circumstances circumstances() {
        return caller.circumstances(session.getContext().getConnection().getRemoteHost(), question -> Optional.empty());
    }

    /** No partner, nothing more to choose, and no such client are not told apart. */
    private static Problem nothing() {
        return Problem.notFound("There is nothing that the customer can let the bank see at this client.");
    }
}
