package io.assent.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The parameters of Grant Management for OAuth 2.0 (draft 03, section 5.2), as an authorization request of any kind has
 * them.
 *
 * @param clear whether each is there once; and, where the request is signed, within what is signed
 */
public record GrantParameters(Optional<String> action, Optional<String> grantId, boolean clear) {

    public static final String ACTION = "grant_management_action";

    public static final String GRANT_ID = "grant_id";

    private static final String NOTE = "assent.";
    private static final int ID_LENGTH = 36;
    private static final Pattern ID = Pattern.compile("[0-9a-f-]+");

    /** @param sent what was sent, by name; values that are blank count as not sent (RFC 6749, section 3.1) */
    public static GrantParameters of(Map<String, List<String>> sent) {
        Set<String> actions = values(sent, ACTION);
        Set<String> ids = values(sent, GRANT_ID);
        return new GrantParameters(
                actions.stream().findFirst(), ids.stream().findFirst(), isOnce(sent, ACTION) && isOnce(sent, GRANT_ID));
    }

    /** @param signed the claims of the request object or signed authentication request, or {@code null} without one */
    public static GrantParameters of(Map<String, List<String>> sent, JsonNode signed) {
        GrantParameters open = of(sent);
        if (signed == null) {
            return open;
        }
        GrantParameters closed = new GrantParameters(value(signed, ACTION), value(signed, GRANT_ID), true);
        return new GrantParameters(
                closed.action(),
                closed.grantId(),
                open.clear() && isWithin(open.action(), closed.action()) && isWithin(open.grantId(), closed.grantId()));
    }

    /** The consent that a token of this realm is tied to, as it says itself. */
    public static Optional<String> grantId(JsonWebToken token) {
        return Optional.ofNullable(token.getOtherClaims().get(GRANT_ID))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** Keeps them while the customer logs in. */
    public void keepIn(AuthenticationSessionModel login) {
        keep(login, ACTION, action);
        keep(login, GRANT_ID, grantId);
    }

    /** Those that were looked at when the login began. */
    public static GrantParameters keptIn(AuthenticationSessionModel login) {
        return new GrantParameters(
                Optional.ofNullable(login.getClientNote(NOTE + ACTION)),
                Optional.ofNullable(login.getClientNote(NOTE + GRANT_ID)),
                true);
    }

    /** In a note of the client, since those stay when the customer starts the login anew. */
    private static void keep(AuthenticationSessionModel login, String name, Optional<String> value) {
        value.ifPresentOrElse(
                text -> login.setClientNote(NOTE + name, text), () -> login.removeClientNote(NOTE + name));
    }

    /** The id, if it looks like one; anything else is not looked up. */
    Optional<String> knownGrantId() {
        return grantId.filter(id -> id.length() == ID_LENGTH && ID.matcher(id).matches());
    }

    private static Set<String> values(Map<String, List<String>> sent, String name) {
        Set<String> values = new LinkedHashSet<>();
        for (String value : sent.getOrDefault(name, List.of())) {
            if (value != null && !value.isBlank()) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean isOnce(Map<String, List<String>> sent, String name) {
        return sent.getOrDefault(name, List.of()).size() <= 1;
    }

    /** What is no text is kept as JSON, which is no value that anything takes. */
    private static Optional<String> value(JsonNode claims, String name) {
        return Optional.ofNullable(claims.get(name))
                .filter(value -> !value.isNull())
                .map(value -> value.isTextual() ? value.textValue() : value.toString())
                .filter(value -> !value.isBlank());
    }

    private static boolean isWithin(Optional<String> open, Optional<String> closed) {
        return open.isEmpty() || open.equals(closed);
    }
}
