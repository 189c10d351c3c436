package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.representations.IDToken;
import org.keycloak.util.JsonSerialization;

/** Takes the claims out of a token that were not granted. */
public final class TokenClaims {

    /** Claims that a token has, by scopes of which some are for a part of what they carry. */
    public static void limit(IDToken token, Stream<ClientScopeModel> scopes, ClaimLimits limits) {
        if (limits.isEmpty()) {
            return;
        }
        JsonNode claims = JsonSerialization.mapper.valueToTree(token);
        remove(token, claims, withheld(claims, scopes, limits));
    }

    /**
     * What no scope lets through of what they carry. Of a mapper whose claim is not known any claim may be, so that
     * nothing about the customer is told then but what is granted by name.
     */
    private static Set<String> withheld(JsonNode claims, Stream<ClientScopeModel> scopes, ClaimLimits limits) {
        Set<String> limited = new HashSet<>();
        Set<String> granted = new HashSet<>();
        scopes.forEach(scope -> {
            ScopeClaims all = ScopeClaims.of(scope);
            Set<String> carried = all.names();
            ClaimSet limit = scope instanceof ClientModel
                    ? null
                    : limits.of(scope.getName()).orElse(null);
            if (limit == null) {
                granted.addAll(carried);
                return;
            }
            limited.addAll(carried);
            if (!all.isClear()) {
                claims.fieldNames().forEachRemaining(limited::add);
                limited.removeAll(ScopeClaims.OF_THE_TOKEN);
            }
            carried.stream().filter(name -> limit.lets(name, claims.path(name))).forEach(granted::add);
        });
        limited.removeAll(granted);
        return limited;
    }

    /** Some are fields of a token, and all others are in a map. */
    private static void remove(IDToken token, JsonNode claims, Set<String> names) {
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        names.stream()
                .filter(name -> token.getOtherClaims().remove(name) == null)
                .filter(claims::has)
                .forEach(empty::putNull);
        try {
            JsonSerialization.mapper.readerForUpdating(token).readValue(empty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TokenClaims() {}
}
