package io.assent.screen.link;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.keycloak.http.HttpRequest;

/** The fields of a form as the pages of a login send it; the server fails over a file that comes with one in parts. */
public final class FormFields {

    private static final String CONTENT_TYPE = MediaType.APPLICATION_FORM_URLENCODED;

    /** @return none where no form was sent, or one that can't be read */
    public static Map<String, List<String>> of(HttpRequest request) {
        return areReadable(request) ? request.getDecodedFormParameters() : Map.of();
    }

    /** Whether the server can read a form without failing over it. */
    public static boolean areReadable(HttpRequest request) {
        String type = request.getHttpHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, CONTENT_TYPE, 0, CONTENT_TYPE.length());
    }

    private FormFields() {}
}
