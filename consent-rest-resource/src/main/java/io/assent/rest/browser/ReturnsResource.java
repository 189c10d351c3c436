package io.assent.rest.browser;

import io.assent.browser.BrowserCookie;
import io.assent.link.Link;
import io.assent.link.Links;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.keycloak.models.KeycloakSession;

/** Where the app comes back to, in the browser of its phone. */
public class ReturnsResource {

    private final KeycloakSession session;

    public ReturnsResource(KeycloakSession session) {
        this.session = session;
    }

    /**
     * In the browser that began, on with the login; in any other one, a page that says where to go on, whatever the
     * secret is.
     */
    @GET
    @Path("{secret}")
    public Response back(@PathParam("secret") String secret) {
        String realmId = session.getContext().getRealm().getId();
        return BrowserCookie.of(session)
                .find()
                .flatMap(browser -> Links.of(session).returned(realmId, secret, browser))
                .flatMap(Link::findPage)
                .map(ReturnsResource::goOn)
                .orElseGet(() -> OutsidePage.comingBack(session));
    }

    private static Response goOn(String page) {
        return Response.seeOther(URI.create(page))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
