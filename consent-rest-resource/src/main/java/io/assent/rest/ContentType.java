package io.assent.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;

/** What a request's body says that it is. */
public final class ContentType {

    /** The longest {@code Content-Type} that is read, in characters. */
    static final int MAX_LENGTH = 1_000;

    /**
     * Refuses a {@code Content-Type} that is no media type, or longer than any. Call it before the server looks at the
     * body, where it would fail over the header.
     */
    public static void refuseMalformed(KeycloakSession session) {
        try {
            of(session);
        } catch (IllegalArgumentException notAMediaType) {
            // the server's own filter for the response's headers would fail over it as well
            session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
            throw Problem.unsupportedMediaType("The Content-Type is not a media type.")
                    .toException();
        }
    }

    /** Named as such: a wildcard is compatible with JSON, and says nothing about the body. */
    static boolean isJson(KeycloakSession session) {
        MediaType type = of(session);
        return type != null && MediaType.APPLICATION_JSON.equalsIgnoreCase(type.getType() + "/" + type.getSubtype());
    }

    static Problem notJson() {
        return Problem.unsupportedMediaType("Send application/json.");
    }

    static MediaType read(String header) {
        if (header.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than any media type");
        }
        return MediaType.valueOf(header);
    }

    private static MediaType of(KeycloakSession session) {
        String header =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE);
        return header == null ? null : read(header);
    }

    private ContentType() {}
}
