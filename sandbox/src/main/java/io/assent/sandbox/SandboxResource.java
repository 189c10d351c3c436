package io.assent.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.assent.request.ConsentApp;
import io.assent.rest.Bearer;
import io.assent.rest.Problem;
import io.assent.sandbox.bank.BankResource;
import io.assent.sandbox.bank.Ledger;
import io.assent.sandbox.partner.Elsewhere;
import io.assent.sandbox.partner.SavingsResource;
import io.assent.sandbox.stream.Event;
import io.assent.sandbox.stream.StreamKey;
import io.assent.sandbox.stream.StreamKey.Topic;
import io.assent.sandbox.stream.Streams;
import io.assent.server.Customer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.Flow;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The sandbox's paths. Public because the server calls it, by code that it generates.
 *
 * <p>The streams are declared as {@link Flow.Publisher}: for that return type Keycloak closes its session, and with it
 * the transaction and the database connection, as soon as the method returns, while the stream goes on.
 */
public final class SandboxResource {

    private final KeycloakSession session;
    private final Streams streams;
    private final Ledger ledger;

    SandboxResource(KeycloakSession session, Streams streams, Ledger ledger) {
        this.session = session;
        this.streams = streams;
        this.ledger = ledger;
    }

    /** At the path with a slash alone: the page's own links are relative to it. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response portal() {
        UriInfo uri = session.getContext().getUri();
        return uri.getPath().endsWith("/")
                ? Page.PORTAL.toResponse(session)
                : Response.seeOther(URI.create(uri.getAbsolutePath() + "/")).build();
    }

    @GET
    @Path("phone")
    @Produces(MediaType.TEXT_HTML)
    public Response phone() {
        return Page.PHONE.toResponse(session);
    }

    @GET
    @Path("tpp")
    @Produces(MediaType.TEXT_HTML)
    public Response tpp() {
        return Page.TPP.toResponse(session);
    }

    /** Five minutes for people who watch: the story of a consent and a payment, played by itself. */
    @GET
    @Path("demo")
    @Produces(MediaType.TEXT_HTML)
    public Response demo() {
        return Page.DEMO.toResponse(session);
    }

    @GET
    @Path("assets/{file}")
    @Produces(MediaType.WILDCARD)
    public Response asset(@PathParam("file") String file) {
        return Page.asset(file).map(page -> page.toResponse(session)).orElseGet(() -> Problem.notFound(
                        "The sandbox has no such file.")
                .toResponse());
    }

    /** The pushes to one phone page, from now on. */
    @POST
    @Path("pushes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Flow.Publisher<OutboundSseEvent> pushes(String body) {
        return open(Topic.PUSHES, new JsonBody(body).string("pushToken"));
    }

    /** The pings to one TPP page, from now on. */
    @POST
    @Path("notifications/stream")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Flow.Publisher<OutboundSseEvent> notifications(String body) {
        return open(Topic.NOTIFICATIONS, new JsonBody(body).string("clientNotificationToken"));
    }

    /** The client notification endpoint of the sandbox's TPPs (CIBA Core 1.0, section 10.2). */
    @POST
    @Path("notifications")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ping(@HeaderParam("Authorization") String authorization, String body) {
        String authReqId = new JsonBody(body).string("auth_req_id");
        String ping = JsonNodeFactory.instance
                .objectNode()
                .put("auth_req_id", authReqId)
                .toString();
        boolean heard = BearerToken.of(authorization)
                .map(token -> streams.send(key(Topic.NOTIFICATIONS, token), Event.of("ping", ping)))
                .orElse(false);
        return heard
                ? Response.noContent().build()
                : Problem.invalidToken("No TPP page listens with this client notification token.")
                        .toResponse();
    }

    /** What this API is, for programs and people (OpenAPI 3.1). */
    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Response openApi() {
        return Response.ok(SandboxResource.class.getResourceAsStream("openapi.json"))
                .build();
    }

    /** Decides for the customer, so that a TPP's own test suite can run unattended; see {@link DecisionForm}. */
    @POST
    @Path("decisions")
    @Produces(MediaType.APPLICATION_JSON)
    public Response decide() {
        DecisionForm.Reading read = DecisionForm.read(
                session.getContext().getUri().getQueryParameters(),
                session.getContext().getHttpRequest().getDecodedFormParameters());
        return read instanceof DecisionForm.Reading.Sound sound
                ? new Decisions(session, session.getContext().getRealm()).decide(sound.form())
                : Problem.malformedRequest(((DecisionForm.Reading.Malformed) read).detail())
                        .toResponse();
    }

    /** Has a client's requests answered by a {@link io.assent.sandbox.unattended.Script} from now on. */
    @POST
    @Path("script")
    @Produces(MediaType.APPLICATION_JSON)
    public Response script() {
        return new Scripts(session).take(session.getContext().getHttpRequest().getDecodedFormParameters());
    }

    /** Makes {@linkplain io.assent.sandbox.customer customers} for a client's tests. */
    @POST
    @Path("customers")
    @Produces(MediaType.APPLICATION_JSON)
    public Response customers() {
        return new CustomerMaking(session)
                .make(session.getContext().getHttpRequest().getDecodedFormParameters());
    }

    /** Has a {@linkplain io.assent.sandbox.bank.BankEvent card payment, a salary, …} happen at the bank. */
    @POST
    @Path("events")
    @Produces(MediaType.APPLICATION_JSON)
    public Response events() {
        return new BankHappening(session)
                .make(session.getContext().getHttpRequest().getDecodedFormParameters());
    }

    /** Registers a {@linkplain io.assent.sandbox.client client} for trials. */
    @POST
    @Path("clients")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response clients(InputStream body) {
        return new ClientMaking(session).make(body);
    }

    /** Forgets what developers did in the realm; see {@link StartOver}. */
    @POST
    @Path("start-over")
    @Produces(MediaType.APPLICATION_JSON)
    public Response startOver() {
        return new StartOver(session).run();
    }

    /** The bank's own API, which TPPs call with the tokens that they got. */
    @Path("bank")
    public BankResource bank(@HeaderParam("Authorization") String authorization) {
        return new BankResource(session, ledger, BearerToken.of(authorization));
    }

    /** The API of the sandbox's partner, which is a realm of its own; the bank calls it with the tokens that it got. */
    @Path("savings")
    public SavingsResource savings(@HeaderParam("Authorization") String authorization) {
        return new SavingsResource(session, BearerToken.of(authorization));
    }

    /** What the bank sees of the phone's customer at partners. */
    @GET
    @Path("elsewhere")
    @Produces(MediaType.APPLICATION_JSON)
    public Response elsewhere() {
        AuthResult app = Bearer.withScope(session, ConsentApp.SCOPE);
        Customer customer = Customer.of(session.getContext().getRealm(), app.user());
        return Response.ok(new Elsewhere(session).of(customer).toString())
                .header("Cache-Control", "no-store")
                .build();
    }

    private Flow.Publisher<OutboundSseEvent> open(Topic topic, String token) {
        Flow.Publisher<OutboundSseEvent> stream =
                streams.open(key(topic, token)).orElseThrow(SandboxResource::tooManyStreams);
        // Set on the response itself: a stream passes by the filters that set them for everything else.
        HttpResponse response = session.getContext().getHttpResponse();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Asks nginx and its like not to keep events back.
        response.setHeader("X-Accel-Buffering", "no");
        return stream;
    }

    private StreamKey key(Topic topic, String token) {
        return new StreamKey(topic, session.getContext().getRealm().getName(), token);
    }

    private static RuntimeException tooManyStreams() {
        return new Problem(
                        "urn:assent:problem:too-many-streams",
                        "Too many pages listen",
                        503,
                        "The sandbox serves " + Streams.MAX_OPEN + " open pages at the most.")
                .toException();
    }
}
