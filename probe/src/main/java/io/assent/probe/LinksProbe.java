package io.assent.probe;

import io.assent.asking.SettledPermissions;
import io.assent.detail.Details;
import io.assent.handoff.Answer;
import io.assent.handoff.Handoff;
import io.assent.link.Browser;
import io.assent.link.EnterResult;
import io.assent.link.Link;
import io.assent.link.Links;
import io.assent.link.Login;
import io.assent.link.Opened;
import io.assent.link.Origin;
import io.assent.link.Wish;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.AskResult;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Content;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A page of somebody else's, in whose browser a login waits for the app. */
@Produces(MediaType.APPLICATION_JSON)
public final class LinksProbe {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Links links;
    private final Handoff handoff;

    LinksProbe(KeycloakSession session) {
        this.session = session;
        realm = session.getContext().getRealm();
        links = Links.of(session);
        handoff = Handoff.of(session);
    }

    /**
     * Opens a link, or the one that is there.
     *
     * @param browser the cookie, or {@code null} for a new browser
     * @param user the id of the customer whom the browser knows, or {@code null}
     * @param details as JSON, or {@code null}
     */
    @POST
    public Map<String, Object> open(
            @QueryParam("client") String client,
            @QueryParam("scope") String scope,
            @QueryParam("details") String details,
            @QueryParam("browser") String browser,
            @QueryParam("login") String login,
            @QueryParam("user") String user,
            @QueryParam("address") String address) {
        Browser known = Browser.of(browser).orElseGet(Browser::unknown);
        ClientModel asking = realm.getClientByClientId(client);
        Opened opened = links.open(
                        new Login(realm.getId(), asking.getId(), known, login, Optional.ofNullable(user)),
                        new Wish(scope, Details.parse(details), false),
                        new Origin(address, "Firefox", "Linux", client + ".example"),
                        URI.create("https://bank.example/page"))
                .orElseThrow();
        Map<String, Object> view = new TreeMap<>();
        view.put("id", opened.link().id());
        view.put("browser", known.cookie());
        view.put("watch", opened.watch());
        view.put("number", opened.link().number());
        opened.secret().ifPresent(secret -> view.put("secret", secret));
        return view;
    }

    /** Opens so many links, each in a browser of its own. */
    @POST
    @Path("many")
    public List<Map<String, Object>> openMany(
            @QueryParam("client") String client,
            @QueryParam("count") int count,
            @QueryParam("address") String address) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .limit(count)
                .map(login -> open(client, "openid", "[]", null, login, null, address))
                .toList();
    }

    /** Moves one on. @param to {@code claimed}, {@code denied}, {@code code} or {@code approved} */
    @POST
    @Path("{id}/move")
    public Map<String, Object> move(
            @PathParam("id") String id,
            @QueryParam("secret") String secret,
            @QueryParam("user") String user,
            @QueryParam("to") String to) {
        switch (to) {
            case "claimed" -> links.claim(new Customer(realm.getId(), user), "a session", "127.0.0.1", secret);
            case "denied" -> links.deny(link(id));
            case "code" -> links.prove(link(id), true, ServerTime.now().plus(ConsentRequest.TO_GO_ON));
            case "approved" -> links.prove(link(id), false, ServerTime.now().plus(ConsentRequest.TO_GO_ON));
            default -> throw new IllegalArgumentException(to);
        }
        return Map.of();
    }

    /** Asks the customer whom the browser knows. */
    @POST
    @Path("{id}/ask")
    public Map<String, Object> ask(@PathParam("id") String id) {
        Link link = link(id);
        ClientModel client = realm.getClientById(link.clientId());
        UserModel user = session.users().getUserById(realm, link.userId());
        SettledPermissions settled =
                new SettledPermissions(session, new PermissionCatalogue(session), realm, client, user);
        AskResult result = handoff.ask(
                link,
                Parties.of(realm, client, user),
                new Content(
                        link.wish().scope(),
                        settled.open(link.wish().scope(), false),
                        link.wish().details(),
                        null,
                        List.of()));
        return Map.of(
                "result",
                result instanceof AskResult.Asked asked
                        ? asked.request().id()
                        : ((AskResult.Refused) result).reason().name());
    }

    @POST
    @Path("{id}/answer")
    public Map<String, Object> answer(@PathParam("id") String id) {
        Answer answer = handoff.answer(link(id));
        return Map.of(
                "result",
                answer instanceof Answer.Approved approved
                        ? "Approved " + (approved.goesOn() ? "goes on" : "waits")
                        : answer.getClass().getSimpleName());
    }

    @POST
    @Path("{id}/enter")
    public Map<String, Object> enter(@PathParam("id") String id, @QueryParam("digits") String digits) {
        EnterResult result = links.enter(link(id), digits);
        return Map.of(
                "result",
                result instanceof EnterResult.Wrong wrong
                        ? "Wrong " + wrong.triesLeft()
                        : result.getClass().getSimpleName());
    }

    @POST
    @Path("returns")
    public Map<String, Object> back(@QueryParam("secret") String secret, @QueryParam("browser") String browser) {
        return Map.of(
                "result",
                links.returned(realm.getId(), secret, Browser.of(browser)).isPresent());
    }

    @POST
    @Path("{id}/use")
    public Map<String, Object> use(@PathParam("id") String id) {
        return Map.of("result", links.use(link(id)));
    }

    @POST
    @Path("{id}/leave")
    public Map<String, Object> leave(@PathParam("id") String id) {
        handoff.leave(link(id));
        return Map.of();
    }

    /** Lets the page be so many seconds older. */
    @POST
    @Path("{id}/age")
    public Map<String, Object> age(@PathParam("id") String id, @QueryParam("seconds") long seconds) {
        em().createNativeQuery("update {h-schema}CONSENT_LINK set RENEWED_AT = RENEWED_AT - :by where ID = :id")
                .setParameter("by", seconds * 1000)
                .setParameter("id", id)
                .executeUpdate();
        return Map.of();
    }

    /** Ends its time now. */
    @POST
    @Path("{id}/end")
    public Map<String, Object> end(@PathParam("id") String id) {
        em().createNativeQuery("update {h-schema}CONSENT_LINK set EXPIRES_AT = :now where ID = :id")
                .setParameter("now", ServerTime.now().toEpochMilli())
                .setParameter("id", id)
                .executeUpdate();
        return Map.of();
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private Link link(String id) {
        return links.find(realm.getId(), id).orElseThrow();
    }
}
