package io.assent.rest.browser;

import io.assent.browser.BrowserCookie;
import io.assent.browser.LinkUris;
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
     * In the browser that began, on with the login; from any other one, whatever the secret is, to where no address has
     * one: what is seen here is what somebody may be asked to read out.
     */
    @GET
    @Path("{secret}")
    public Response back(@PathParam("secret") String secret) {
        String realmId = session.getContext().getRealm().getId();
        return Links.of(session)
                .returned(realmId, secret, BrowserCookie.of(session).find())
                .flatMap(Link::findPage)
                .map(URI::create)
                .map(ReturnsResource::goOn)
                .orElseGet(() -> goOn(LinkUris.of(session).returns()));
    }

    /** In any other browser: a page that says where to go on. */
    @GET
    public Response elsewhere() {
        return OutsidePage.comingBack(session);
    }

    private static Response goOn(URI page) {
        return Response.seeOther(page)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
