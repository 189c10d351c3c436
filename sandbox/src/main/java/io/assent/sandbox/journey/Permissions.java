package io.assent.sandbox.journey;

import java.util.Set;
import java.util.stream.Collectors;

/** Tells the development realm's permissions from technical scopes such as {@code openid}: by the dot in their name. */
final class Permissions {

    static Set<String> in(Set<String> scopes) {
        return scopes.stream().filter(scope -> scope.contains(".")).collect(Collectors.toSet());
    }

    private Permissions() {}
}
