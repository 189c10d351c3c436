package io.assent.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/** Where in the app's API a call goes to. */
public final class ApiPath {

    private static final Pattern API = Pattern.compile("/realms/[^/]+/consent/v1(/.*)?", Pattern.DOTALL);

    /**
     * The path below the API's root, as {@code openapi.json} writes it, with what was percent-encoded decoded.
     *
     * @return empty where something else is called
     */
    public static Optional<String> of(KeycloakSession session) {
        return below(session.getContext().getUri().getPath());
    }

    /** @param path below the server's root */
    static Optional<String> below(String path) {
        Matcher matcher = API.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1) == null ? "" : matcher.group(1)) : Optional.empty();
    }

    private ApiPath() {}
}
