package io.assent.rest.console;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.keycloak.common.Profile;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/**
 * Serves the staff's page in each realm whose staff log in to the admin console, as long as the server has that
 * console. Below the console's own address, since the console's client may be redirected there and nowhere else.
 */
@Path("/admin/{realm}/console/consents")
public final class StaffPage {

    @Context
    KeycloakSession session;

    /** With a slash at the end, which the addresses of its files go by. */
    @GET
    public Response page(@PathParam("realm") String realm) {
        Surroundings surroundings = Surroundings.of(session, loginRealm(realm));
        KeycloakUriInfo uri = session.getContext().getUri(UrlType.ADMIN);
        if (!uri.getRequestUri().getPath().endsWith("/")) {
            return Response.status(Response.Status.FOUND)
                    .location(uri.getRequestUriBuilder().path("/").build())
                    .build();
        }
        return respond(PageFile.html(surroundings), surroundings);
    }

    @GET
    @Path("{file}")
    public Response file(@PathParam("realm") String realm, @PathParam("file") String file) {
        Surroundings surroundings = Surroundings.of(session, loginRealm(realm));
        return respond(PageFile.named(file).orElseThrow(NotFoundException::new), surroundings);
    }

    /** The server would replace the policy by the realm's, which is made for Keycloak's own pages. */
    private Response respond(PageFile file, Surroundings surroundings) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        return Response.ok(file.content(), file.mediaType())
                .header("Content-Security-Policy", surroundings.contentSecurityPolicy())
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("X-Robots-Tag", "none")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    private RealmModel loginRealm(String name) {
        if (!Profile.isFeatureEnabled(Profile.Feature.ADMIN_V2)
                || !Profile.isFeatureEnabled(Profile.Feature.ADMIN_API)) {
            throw new NotFoundException();
        }
        RealmModel realm = session.realms().getRealmByName(name);
        if (realm == null) {
            throw new NotFoundException();
        }
        session.getContext().setRealm(realm);
        return realm;
    }
}
