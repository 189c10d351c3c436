package io.assent.browser;

import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;

/**
 * Where a realm's links into the app are, and what belongs to them: below its issuer, as the browser that calls has it.
 */
public final class LinkUris {

    private static final String API = "/consent/v1";

    private final String api;

    private LinkUris(String issuer) {
        this.api = issuer + API;
    }

    public static LinkUris of(KeycloakSession session) {
        return of(Urls.realmIssuer(
                session.getContext().getUri().getBaseUri(),
                session.getContext().getRealm().getName()));
    }

    static LinkUris of(String issuer) {
        return new LinkUris(issuer);
    }

    /** What a phone scans, or opens. */
    public URI link(String secret) {
        return URI.create(api + "/links/" + secret);
    }

    /** Where a page asks how its login stands. */
    public URI waits() {
        return URI.create(api + "/waits");
    }

    /** What the app opens once the customer approved, in the browser of its phone. */
    public URI back(String returnSecret) {
        return URI.create(returns() + "/" + returnSecret);
    }

    /** Where that leads in another browser than the one that began. */
    public URI returns() {
        return URI.create(api + "/returns");
    }
}
