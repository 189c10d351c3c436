package io.assent.rest.admin.overview;

import io.assent.offswitch.OffSwitch;
import io.assent.overview.ClientFigures;
import io.assent.overview.Figures;
import io.assent.registration.Registration;
import io.assent.registration.RegistrationResult;
import io.assent.registration.TppForm;
import io.assent.request.ConsentApp;
import io.assent.rest.JsonBody;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.TextRule;
import io.assent.rest.admin.call.Parameters;
import io.assent.rest.admin.call.StaffCall;
import io.assent.server.ServerTime;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;

/** The realm's TPPs: a new one is registered here, and one is turned off by a switch. */
@Produces(MediaType.APPLICATION_JSON)
public class TppResource {

    public static final List<String> PARAMETERS = List.of("search", "first", "max");

    private static final int DEFAULT_MAX = 20;
    private static final int LARGEST_MAX = 100;

    /** A realm with more is beyond what is looked through. */
    private static final int LARGEST_FIRST = 20_000;

    /** Clients for each call: of the realm's clients, many may be no TPPs. */
    private static final int MOST_READ = 500;

    private final StaffCall call;

    public TppResource(StaffCall call) {
        this.call = call;
    }

    @GET
    public Response list() {
        Parameters parameters = call.parameters(PARAMETERS);
        Optional<String> search = parameters.text("search", TextRule.CLIENT_ID);
        int first = parameters.number("first", 0, 0, LARGEST_FIRST);
        int max = parameters.number("max", DEFAULT_MAX, 1, LARGEST_MAX);
        call.rights().requireListOfClients();
        List<ClientModel> page = new ArrayList<>();
        int seen = 0;
        boolean more;
        try (Stream<ClientModel> read = read(search, first)) {
            Iterator<ClientModel> clients = read.iterator();
            while (clients.hasNext() && page.size() < max) {
                ClientModel client = clients.next();
                if (isTpp(client) && call.rights().mayView(client)) {
                    page.add(client);
                }
                seen++;
            }
            more = clients.hasNext() || seen == MOST_READ;
        }
        return Responses.ok(new TppView.Found(
                views(page),
                ServerTime.now().minus(Figures.LATELY).toString(),
                more && first + seen <= LARGEST_FIRST ? first + seen : null,
                call.rights().mayRegisterClients()));
    }

    /** In the order of their {@code client_id}s. */
    private Stream<ClientModel> read(Optional<String> search, int first) {
        return search.map(part -> call.realm().searchClientByClientIdStream(part, first, MOST_READ))
                .orElseGet(() -> call.realm().getClientsStream(first, MOST_READ));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(InputStream body) {
        call.rights().requireRegistrationOfClients();
        TppForm form = SentTpp.read(JsonBody.read(call.session(), body));
        RegistrationResult result = Registration.by(
                        call.session(), call.rights().admin(), call.events().adminEvent())
                .register(call.realm(), form);
        if (result instanceof RegistrationResult.Registered registered) {
            return Responses.ok(RegisteredTppView.of(registered.id(), form, registered.secret()));
        }
        if (result instanceof RegistrationResult.RegisteredBefore before) {
            return Responses.ok(RegisteredTppView.of(before.id(), form, null));
        }
        if (result instanceof RegistrationResult.Refused refused) {
            throw Problem.invalidRegistration(refused.flaw(), refused.reason()).toException();
        }
        throw Problem.clientExists("The realm has a client with this client_id and other settings. Nothing was done.")
                .toException();
    }

    @GET
    @Path("{client}")
    public Response get(@PathParam("client") String client) {
        return Responses.ok(view(find(client)));
    }

    @POST
    @Path("{client}/off")
    public Response switchOff(@PathParam("client") String client) {
        return turn(client, "off", OffSwitch::turnOff);
    }

    @POST
    @Path("{client}/on")
    public Response switchOn(@PathParam("client") String client) {
        return turn(client, "on", offSwitch -> offSwitch.turnOn(ServerTime.now()));
    }

    /**
     * What follows hangs on Keycloak's own event, and so is the same whoever turns the switch; also where it is turned
     * already, which closes what a node that died in the middle left open. It is deprecated to raise that by
     * {@code updateClient}, and 26.7 has nothing else.
     *
     * @param turn says whether it was turned
     */
    @SuppressWarnings("deprecation")
    private Response turn(String id, String word, Predicate<OffSwitch> turn) {
        ClientModel client = find(id);
        call.rights().requireManageOfClient(client);
        boolean turned = turn.test(OffSwitch.toTurn(call.session(), client));
        client.updateClient();
        if (turned) {
            call.events().tell(Map.of(), "clients/" + client.getId() + "/" + word);
        }
        return Responses.ok(view(client));
    }

    /** Who may not see all clients is not told whether there is one. */
    private ClientModel find(String id) {
        ClientModel client = Optional.of(id)
                .filter(TextRule.CLIENT_ID::allows)
                .flatMap(call.clients()::find)
                .filter(this::isTpp)
                .orElse(null);
        if (client == null) {
            call.rights().requireViewOfAllClients();
            throw Problem.notFound("The realm has no such TPP.").toException();
        }
        call.rights().requireViewOfClient(Optional.of(client));
        return client;
    }

    private boolean isTpp(ClientModel client) {
        return ConsentApp.isAsker(call.realm(), client);
    }

    private TppView view(ClientModel client) {
        return views(List.of(client)).get(0);
    }

    private List<TppView> views(List<ClientModel> clients) {
        Map<String, ClientFigures> figures = Figures.of(call.session())
                .of(
                        call.realm().getId(),
                        clients.stream().map(ClientModel::getId).toList());
        return clients.stream()
                .map(client -> TppView.of(
                        call.realm(),
                        client,
                        figures.get(client.getId()),
                        call.rights().mayManage(client)))
                .toList();
    }
}
