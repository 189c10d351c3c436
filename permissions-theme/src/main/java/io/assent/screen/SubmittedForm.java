package io.assent.screen;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.http.HttpRequest;

/**
 * The consent screen's form as a browser sent it.
 *
 * @param chosen the permissions that were ticked; none where the form can't be read
 */
record SubmittedForm(Answer answer, Set<String> chosen) {

    /** The most permissions that a form can have ticked, as many as the app can select. */
    static final int MAX_CHOSEN = 200;

    /** The longest name of a permission, as long as a client scope's. */
    static final int MAX_NAME_LENGTH = 255;

    /** The form's fields. */
    private static final String DECISION = "decision";

    private static final String PERMISSION = "permission";

    private static final String CONTENT_TYPE = MediaType.APPLICATION_FORM_URLENCODED;

    private static final SubmittedForm UNREADABLE = new SubmittedForm(Answer.UNREADABLE, Set.of());

    enum Answer {
        APPROVE,
        DENY,
        /** Neither or both, or more than the screen can have offered. */
        UNREADABLE
    }

    /** Reads a form as the screen's own is sent; the server fails over a file that comes with one in parts. */
    static SubmittedForm of(HttpRequest request) {
        return isReadable(request) ? of(request.getDecodedFormParameters()) : UNREADABLE;
    }

    /** Whether the server can read a form without failing over it. */
    static boolean isReadable(HttpRequest request) {
        String type = request.getHttpHeaders().getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, CONTENT_TYPE, 0, CONTENT_TYPE.length());
    }

    static SubmittedForm of(Map<String, List<String>> fields) {
        List<String> chosen = fields.getOrDefault(PERMISSION, List.of());
        if (chosen.size() > MAX_CHOSEN || !chosen.stream().allMatch(SubmittedForm::isName)) {
            return UNREADABLE;
        }
        List<String> decision = fields.getOrDefault(DECISION, List.of());
        return new SubmittedForm(
                decision.equals(List.of("approve"))
                        ? Answer.APPROVE
                        : decision.equals(List.of("deny")) ? Answer.DENY : Answer.UNREADABLE,
                new LinkedHashSet<>(chosen));
    }

    private static boolean isName(String value) {
        return value.length() <= MAX_NAME_LENGTH;
    }
}
