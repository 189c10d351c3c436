package io.assent.permission.change;

import java.util.List;
import java.util.Objects;

/**
 * A change as an admin writes it.
 *
 * @param from names of permissions
 * @param to names of permissions
 * @param silent of {@link Kind#WIDEN} alone, see {@link Change#silent}
 */
public record Draft(
        String id, Kind kind, List<String> from, List<String> to, int windowDays, boolean undone, boolean silent) {

    public Draft {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** As it would be written to say what is in force. */
    static Draft of(Change change) {
        return new Draft(
                change.id(),
                change.kind(),
                change.from().stream().map(NamedScope::name).toList(),
                change.to().stream().map(NamedScope::name).toList(),
                change.windowDays(),
                change.undone(),
                change.silent());
    }

    /** Whether it says what a change is, undone or not. */
    boolean describes(Change change) {
        return of(change).equals(new Draft(id, kind, from, to, windowDays, change.undone(), silent));
    }
}
