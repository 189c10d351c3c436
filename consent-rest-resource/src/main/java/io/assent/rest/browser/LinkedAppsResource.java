package io.assent.rest.browser;

import io.assent.browser.LinkUris;
import io.assent.phoneapp.PhoneApps;
import io.assent.rest.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * The files by which phones open a realm's links in the bank's app. Phones ask for them at the root of the host, where
 * a proxy serves them from here. For anybody: there is nothing in them but what an app store shows as well.
 */
public class LinkedAppsResource {

    private static final Pattern PATH = Pattern.compile("/realms/[^/]+/consent/\\.well-known/[^/]+");

    private static final int MAX_AGE_SECONDS = 3_600;

    private final KeycloakSession session;
    private final PhoneApps apps;

    public LinkedAppsResource(KeycloakSession session) {
        this.session = session;
        apps = PhoneApps.of(session.getContext().getRealm());
    }

    /** Whether a call is for one of them, and not for the app's API. */
    public static boolean isCalled(KeycloakSession session) {
        return PATH.matcher(session.getContext().getUri().getPath()).matches();
    }

    @GET
    @Path(".well-known/assetlinks.json")
    public Response android() {
        return apps.android().isEmpty() ? none() : file(LinkedApps.android(apps.android()));
    }

    @GET
    @Path(".well-known/apple-app-site-association")
    public Response ios() {
        return apps.ios().isEmpty()
                ? none()
                : file(LinkedApps.ios(apps.ios(), LinkUris.of(session).link("").getRawPath()));
    }

    private static Response file(Object content) {
        return Response.ok(content, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + MAX_AGE_SECONDS)
                .build();
    }

    private static Response none() {
        return Problem.notFound("The realm's settings name no app of this kind.")
                .toResponse();
    }
}
