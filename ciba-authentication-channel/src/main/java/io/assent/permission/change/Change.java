package io.assent.permission.change;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One change of permissions, as it is in force.
 *
 * @param id by which admins and histories name it
 * @param from what changes
 * @param to what it becomes; of {@link Kind#WIDEN} what comes on top
 * @param windowDays for how many days clients may ask by the old names, too, and it can be undone
 * @param since when it came into force
 * @param undone whether it was undone: consents that it changed are changed back
 * @param silent whether customers are asked for what comes on top when the client asks, and not before
 */
public record Change(
        String id,
        Kind kind,
        List<NamedScope> from,
        List<NamedScope> to,
        int windowDays,
        Instant since,
        boolean undone,
        boolean silent) {

    public Change {
        Objects.requireNonNull(id);
        from = List.copyOf(from);
        to = List.copyOf(to);
        Objects.requireNonNull(since);
        if (!kind.takes(from.size()) || !kind.gives(to.size())) {
            throw new IllegalArgumentException("of '" + kind.word() + "' " + kind.inWords());
        }
    }

    /** The first moment at which only the new names are good, and nothing is undone any more. */
    public Instant windowEnd() {
        return since.plus(Duration.ofDays(windowDays));
    }

    public boolean isWindowOpen(Instant now) {
        return now.isBefore(windowEnd());
    }

    public boolean isWidening() {
        return kind == Kind.WIDEN;
    }

    List<NamedScope> scopes() {
        return Stream.concat(from.stream(), to.stream()).toList();
    }

    Set<String> fromNames() {
        return names(from);
    }

    Set<String> toNames() {
        return names(to);
    }

    Change asUndone() {
        return new Change(id, kind, from, to, windowDays, since, true, silent);
    }

    Change beganAt(Instant then) {
        return new Change(id, kind, from, to, windowDays, then, undone, silent);
    }

    private static Set<String> names(List<NamedScope> scopes) {
        return scopes.stream().map(NamedScope::name).collect(Collectors.toUnmodifiableSet());
    }
}
