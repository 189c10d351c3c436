package io.assent.rest.browser;

import io.assent.browser.BrowserCookie;
import io.assent.link.Links;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The pages that a browser gets to by a link that is for the app, and by the way back from the app. Neither says
 * anything about the secret in its address, and nothing happens to a link by looking at it.
 */
public class PagesResource {

    private static final String TEMPLATE = "consent-outside.ftl";

    private final KeycloakSession session;

    public PagesResource(KeycloakSession session) {
        this.session = session;
    }

    /** Where a link leads when no app opens it. */
    @GET
    @Path("links/{secret}")
    public Response link() {
        return page("link");
    }

    /**
     * Where the app comes back to: in the browser that began, on to the login; in any other one, a page that says where
     * to go on.
     */
    @GET
    @Path("returns/{secret}")
    public Response back(@PathParam("secret") String secret) {
        return BrowserCookie.of(session).find()
                .flatMap(browser -> Links.of(session)
                        .returned(session.getContext().getRealm().getId(), secret, browser))
                .flatMap(link -> Optional.ofNullable(link.page()))
                .map(page -> Response.seeOther(URI.create(page)).header(HttpHeaders.CACHE_CONTROL, "no-store").build())
                .orElseGet(() -> page("return"));
    }

    private Response page(String name) {
        return session.getProvider(LoginFormsProvider.class)
                .setAttribute("outside", name)
                .createForm(TEMPLATE);
    }
}
