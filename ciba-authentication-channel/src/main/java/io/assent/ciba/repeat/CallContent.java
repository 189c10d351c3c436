package io.assent.ciba.repeat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.util.JsonSerialization;

/**
 * What a backchannel authentication request says, by which a repeat is told from another one: all its parameters but
 * those that authenticate the client; of a signed request its claims, but those that are new each time it is signed.
 *
 * @param text the same for all that say the same, and for no other
 */
record CallContent(String text) {

    private static final Set<String> AUTHENTICATION = Set.of(
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    private static final Set<String> OF_THE_SIGNATURE = Set.of("jti", "iat", "exp", "nbf");

    static CallContent of(Map<String, List<String>> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters).forEach((name, values) -> {
            if (!AUTHENTICATION.contains(name)) {
                add(text, name, said(name, values));
            }
        });
        return new CallContent(text.toString());
    }

    private static Collection<String> said(String name, List<String> values) {
        return name.equals(OIDCLoginProtocol.REQUEST_PARAM)
                ? values.stream().map(value -> claims(String.valueOf(value))).toList()
                : values;
    }

    /** With lengths, so that nothing said in one value reads like two. */
    private static void add(StringBuilder text, String name, Collection<String> values) {
        text.append(name.length()).append(':').append(name).append(values.size());
        values.forEach(value -> {
            String said = String.valueOf(value);
            text.append('/').append(said.length()).append(':').append(said);
        });
    }

    /** What is no signed request is refused later, and until then says what it says. */
    private static String claims(String request) {
        try {
            JsonNode claims = JsonSerialization.readValue(new JWSInput(request).getContent(), JsonNode.class);
            if (claims instanceof ObjectNode object) {
                object.remove(OF_THE_SIGNATURE);
            }
            return sorted(claims);
        } catch (JWSInputException | IOException notSigned) {
            return request;
        }
    }

    /** Members by name: JSON that is written in another order says the same. */
    private static String sorted(JsonNode json) {
        if (json.isObject()) {
            Set<String> names = new TreeSet<>();
            json.fieldNames().forEachRemaining(names::add);
            StringBuilder text = new StringBuilder("{");
            names.forEach(name -> add(text, name, List.of(sorted(json.get(name)))));
            return text.append('}').toString();
        }
        if (json.isArray()) {
            StringBuilder text = new StringBuilder("[");
            json.forEach(element -> add(text, "", List.of(sorted(element))));
            return text.append(']').toString();
        }
        return json.toString();
    }
}
