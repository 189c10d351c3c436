package io.assent.probe;

import io.assent.detail.Details;
import io.assent.link.Browser;
import io.assent.link.Link;
import io.assent.link.Links;
import io.assent.link.Login;
import io.assent.link.Opened;
import io.assent.link.Origin;
import io.assent.link.Wish;
import io.assent.server.Customer;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Links without a login and without a page, for tests of those who wait for them. */
public final class ProbeLinks {

    private final RealmModel realm;
    private final Links links;

    ProbeLinks(KeycloakSession session) {
        realm = session.getContext().getRealm();
        links = Links.of(session);
    }

    /** Opens so many links, each in a browser of its own. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public List<Map<String, String>> open(@QueryParam("client") String clientId, @QueryParam("count") int count) {
        String client = realm.getClientByClientId(clientId).getId();
        return Stream.generate(Browser::unknown)
                .limit(count)
                .map(browser -> view(browser, open(client, browser)))
                .toList();
    }

    private Opened open(String client, Browser browser) {
        return links.open(
                new Login(realm.getId(), client, browser, UUID.randomUUID().toString(), Optional.empty()),
                new Wish("openid", Details.NONE, false),
                new Origin("127.0.0.1", "Firefox", "Linux", "shop.example"));
    }

    private static Map<String, String> view(Browser browser, Opened opened) {
        return Map.of(
                "cookie", browser.cookie(),
                "watch", opened.watch(),
                "secret", opened.secret().orElseThrow(),
                "id", opened.link().id());
    }

    /** Moves one on. @param to {@code claimed}, {@code denied}, {@code code}, {@code approved} or {@code over} */
    @POST
    @Path("moves")
    public void move(
            @QueryParam("id") String id,
            @QueryParam("secret") String secret,
            @QueryParam("user") String user,
            @QueryParam("to") String to) {
        Link link = links.find(realm.getId(), id).orElseThrow();
        switch (to) {
            case "claimed" -> links.claim(new Customer(realm.getId(), user), "session-of-the-app", "127.0.0.1", secret);
            case "denied" -> links.deny(link);
            case "code" -> links.prove(link, true);
            case "approved" -> links.prove(link, false);
            case "over" -> links.leave(link);
            default -> throw new IllegalArgumentException(to);
        }
    }
}
