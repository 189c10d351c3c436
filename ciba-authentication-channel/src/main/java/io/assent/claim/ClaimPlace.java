package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Where a client asks for a claim: a member of the parameter {@code claims} (OpenID Connect Core 1.0, section 5.5). */
public enum ClaimPlace {
    ID_TOKEN("id_token"),
    USERINFO("userinfo");

    /** Introspection tells what either tells. */
    public static final Set<ClaimPlace> ALL = Collections.unmodifiableSet(EnumSet.allOf(ClaimPlace.class));

    private final String member;

    ClaimPlace(String member) {
        this.member = member;
    }

    String member() {
        return member;
    }

    /** The one that a text names; all where it names none, as in what was kept before there were places. */
    static Set<ClaimPlace> named(JsonNode text) {
        return ALL.stream()
                .filter(place -> place.member.equals(text.textValue()))
                .findFirst()
                .<Set<ClaimPlace>>map(EnumSet::of)
                .orElse(ALL);
    }
}
