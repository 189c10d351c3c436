package io.assent.rest.app;

import io.assent.authority.Authority;
import io.assent.authority.Objection;
import io.assent.block.Block;
import io.assent.block.Blocks;
import io.assent.request.ConsentRequests;
import io.assent.request.Responder;
import io.assent.rest.CallLimit;
import io.assent.rest.CallLimit.Excess;
import io.assent.rest.Caller;
import io.assent.rest.ListQuery;
import io.assent.rest.ListQuery.Page;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.answer.Objections;
import io.assent.server.Parties;
import io.assent.text.Texts;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Who may not ask the customer. */
@Produces(MediaType.APPLICATION_JSON)
public class BlocksResource {

    private final KeycloakSession session;
    private final Caller caller;
    private final ConsentRequests requests;
    private final Supplier<Responder> responder;
    private final CallLimit changes;

    /** @param changes how many blocks a session makes and takes back */
    BlocksResource(
            KeycloakSession session,
            Caller caller,
            ConsentRequests requests,
            Supplier<Responder> responder,
            CallLimit changes) {
        this.session = session;
        this.caller = caller;
        this.requests = requests;
        this.responder = responder;
        this.changes = changes;
    }

    @GET
    public Response list(@QueryParam("after") String after, @QueryParam("max") String max) {
        ListQuery query = ListQuery.ofClients(session, after, max);
        Texts texts = CustomersTexts.of(session, caller);
        Page<Block> page =
                query.page(Blocks.of(session).list(caller.customer(), query.after(), query.toFind()), Block::position);
        return Responses.ok(new BlockView.Listed(
                page.items().stream()
                        .map(block -> view(block, texts))
                        .flatMap(Optional::stream)
                        .toList(),
                page.next()));
    }

    @PUT
    @Path("{clientId}")
    public Response block(@PathParam("clientId") String clientId) {
        refuseExcess();
        ClientModel client = find(clientId).orElseThrow(() -> Problem.notFound("The realm has no such client.")
                .toException());
        requests.block(parties(client), responder.get()).ifPresent(this::refuse);
        return Responses.noContent();
    }

    @DELETE
    @Path("{clientId}")
    public Response unblock(@PathParam("clientId") String clientId) {
        refuseExcess();
        Authority.toSettings(responder.get().circumstances()).ifPresent(this::refuse);
        find(clientId).ifPresent(client -> Blocks.of(session).remove(parties(client)));
        return Responses.noContent();
    }

    private void refuse(Objection objection) {
        throw Objections.toException(session, objection);
    }

    private void refuseExcess() {
        caller.countInSession(changes).map(Excess::toException).ifPresent(refusal -> {
            throw refusal;
        });
    }

    private Optional<ClientModel> find(String clientId) {
        return Optional.ofNullable(caller.realm().getClientByClientId(clientId));
    }

    private Parties parties(ClientModel client) {
        return Parties.of(caller.realm(), client, caller.user());
    }

    /** @return empty where the client is being removed */
    private Optional<BlockView> view(Block block, Texts texts) {
        return Optional.ofNullable(caller.realm().getClientById(block.parties().clientId()))
                .map(client -> BlockView.of(session, block, client, texts));
    }
}
