package io.assent.permission;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The space separated list of RFC 6749, section 3.3, in the order given and without repeats. */
public final class Scopes {

    public static Set<String> split(String scope) {
        return scope == null
                ? Set.of()
                : Arrays.stream(scope.split(" "))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public static String join(Collection<String> names) {
        return String.join(" ", names);
    }

    private Scopes() {}
}
