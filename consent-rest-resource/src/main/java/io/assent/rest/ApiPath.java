package io.assent.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/** Where in the app's API, or in that of the bank's staff, a call goes to. */
public final class ApiPath {

    private static final Pattern API = Pattern.compile("/realms/[^/]+/consent/v1(/.*)?", Pattern.DOTALL);
    private static final Pattern STAFFS_API = Pattern.compile("/admin/realms/[^/]+(/consents(?:/.*)?)", Pattern.DOTALL);

    /**
     * The path below the API's root, as {@code openapi.json} writes it, with what was percent-encoded decoded.
     *
     * @return empty where something else is called
     */
    public static Optional<String> of(KeycloakSession session) {
        return below(session.getContext().getUri().getPath());
    }

    /** The same of the staff's API, which is part of Keycloak's admin API. */
    public static Optional<String> ofStaff(KeycloakSession session) {
        return belowAdmin(session.getContext().getUri().getPath());
    }

    /** @param path below the server's root */
    static Optional<String> below(String path) {
        return below(API, path);
    }

    static Optional<String> belowAdmin(String path) {
        return below(STAFFS_API, path);
    }

    private static Optional<String> below(Pattern api, String path) {
        Matcher matcher = api.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1) == null ? "" : matcher.group(1)) : Optional.empty();
    }

    private ApiPath() {}
}
