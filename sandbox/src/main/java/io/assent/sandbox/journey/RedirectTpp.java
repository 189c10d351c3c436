package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One login at a third party that sends its customer's browser to the bank (RFC 6749, section 4.1, with RFC 7636). */
final class RedirectTpp {

    /** What is worth showing of the answer that the browser brings. */
    static final Set<String> SHOWN = new LinkedHashSet<>(List.of("/code", "/error"));

    /** Where nothing needs to answer: the browser stops there. */
    private static final String REDIRECT_URI = "http://localhost:9/back";

    private final Wire wire;
    private final Realm realm;
    private final String clientId;
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final String state = UUID.randomUUID().toString();

    RedirectTpp(Wire wire, Realm realm, String clientId) {
        this.wire = wire;
        this.realm = realm;
        this.clientId = clientId;
    }

    /** Where it sends the browser. */
    URI question(Set<String> permissions, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", REDIRECT_URI);
        query.put("scope", "openid " + permissions.stream().sorted().collect(Collectors.joining(" ")));
        query.put("state", state);
        query.put("code_challenge", Canonical.hash(verifier));
        query.put("code_challenge_method", "S256");
        query.putAll(more);
        return realm.login(query);
    }

    /** Fetches the tokens for the code that the browser brought. */
    Map<String, String> redeem(URI back) throws InterruptedException {
        JsonNode answer = own(back);
        if (!answer.hasNonNull("code")) {
            throw new JourneyException("the browser brought no code, but " + answer.path("error"));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", clientId);
        form.put("client_secret", clientId + "-secret");
        form.put("redirect_uri", REDIRECT_URI);
        form.put("code", answer.path("code").asText());
        form.put("code_verifier", verifier);
        Set<String> shown = new LinkedHashSet<>(List.of("/error", "/access_token", "/scope"));
        return wire.form("/protocol/openid-connect/token", form, shown)
                .expect(200)
                .texts();
    }

    /** Why the browser brought no code. */
    String refused(URI back) {
        JsonNode answer = own(back);
        if (answer.has("code")) {
            throw new JourneyException("the browser brought a code");
        }
        return answer.path("error").asText();
    }

    private JsonNode own(URI back) {
        JsonNode answer = answer(back);
        if (!answer.path("state").asText().equals(state)) {
            throw new JourneyException("the browser brought the answer of another login");
        }
        return answer;
    }

    /** The parameters that a browser brings. */
    static ObjectNode answer(URI back) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        for (String parameter : String.valueOf(back.getRawQuery()).split("&")) {
            String[] parts = parameter.split("=", 2);
            answer.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return answer;
    }
}
