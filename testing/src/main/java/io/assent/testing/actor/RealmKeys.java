package io.assent.testing.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Keys that realms are made with: a server that is started for a short time takes seconds of its processor for each RSA
 * key. The dev realm signs with one of its own; for the others there are a few, which they get in turn.
 */
final class RealmKeys {

    private static final String DEV_REALM = "bank";
    private static final String PROVIDERS = "org.keycloak.keys.KeyProvider";
    /** Keycloak's provider of a key that somebody gave it. */
    private static final String GIVEN = "rsa";

    private static final int BITS = 2_048;
    private static final int MANY = 7;

    private static final String OF_DEV_REALM = newKey();
    private static final String TO_ENCRYPT = newKey();
    private static final List<String> MADE = new ArrayList<>();
    private static int next;

    /** Puts those into a realm that one has which the console made. */
    static void putInto(ObjectNode realm) {
        ArrayNode providers = realm.withObjectProperty("components").putArray(PROVIDERS);
        String signing = realm.path("realm").asText().equals(DEV_REALM) ? OF_DEV_REALM : next();
        add(providers, GIVEN, Map.of("privateKey", signing, "algorithm", "RS256"));
        add(providers, "rsa-enc", Map.of("privateKey", TO_ENCRYPT, "algorithm", "RSA-OAEP"));
        add(providers, "hmac-generated", Map.of("algorithm", "HS512"));
        add(providers, "aes-generated", Map.of());
    }

    /** Whether it has such keys, and not those that its own file names. */
    static boolean areIn(ObjectNode realm) {
        return realm.path("components")
                .path(PROVIDERS)
                .findValuesAsText("providerId")
                .contains(GIVEN);
    }

    private static void add(ArrayNode providers, String provider, Map<String, String> settings) {
        ObjectNode config = providers
                .addObject()
                .put("name", provider)
                .put("providerId", provider)
                .putObject("config");
        config.putArray("priority").add("100");
        settings.forEach((name, value) -> config.putArray(name).add(value));
    }

    private static synchronized String next() {
        int turn = next++ % MANY;
        if (turn == MADE.size()) {
            MADE.add(newKey());
        }
        return MADE.get(turn);
    }

    private static String newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private RealmKeys() {}
}
