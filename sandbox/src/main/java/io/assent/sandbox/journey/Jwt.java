package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Reads what a token says. It came straight from the server, so its signature is not checked. */
final class Jwt {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Set<String> scopes(String token) {
        return Set.copyOf(List.of(claims(token).path("scope").asText().split(" ")));
    }

    static JsonNode claims(String token) {
        String[] parts = String.valueOf(token).split("\\.");
        if (parts.length != 3) {
            throw new JourneyException("the token is no JWT");
        }
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IOException | IllegalArgumentException e) {
            throw new JourneyException("the token can't be read", e);
        }
    }

    private Jwt() {}
}
