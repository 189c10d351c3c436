package io.assent.sandbox.journey;

import java.util.Set;
import java.util.stream.Collectors;

/** Tells the development realm's permissions from technical scopes such as {@code openid}: by the dot in their name. */
final class Permissions {

    static Set<String> in(Set<String> scopes) {
        return scopes.stream().filter(scope -> scope.contains(".")).collect(Collectors.toSet());
    }

    /** Fails where a token does not carry these permissions, or carries more. */
    static void require(String what, String token, Set<String> granted) {
        Set<String> scopes = Jwt.scopes(token);
        if (!in(scopes).equals(granted)) {
            throw new JourneyException(what + " should carry " + granted + " alone, and carries " + scopes);
        }
    }

    private Permissions() {}
}
