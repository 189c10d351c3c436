package io.assent.permission.change;

import java.util.List;
import java.util.Objects;

/**
 * What a change did to a grant, so that it can be undone.
 *
 * @param changeId which change
 * @param taken what was granted before
 * @param given what is granted in its place, and was not before
 * @param undone whether this undid the change
 */
public record Replacement(String changeId, List<NamedScope> taken, List<NamedScope> given, boolean undone) {
    public Replacement {
        Objects.requireNonNull(changeId);
        taken = List.copyOf(taken);
        given = List.copyOf(given);
    }
}
