package io.assent.permission.change;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Changes as tests write them: {@code "a"} is the permission of that name, whose id is {@code "id-a"}. */
final class Written {

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    static final int DAYS = 30;

    static Draft rename(String id, String from, String to) {
        return draft(id, Kind.RENAME, List.of(from), List.of(to));
    }

    static Draft split(String id, String from, String... to) {
        return draft(id, Kind.SPLIT, List.of(from), List.of(to));
    }

    static Draft merge(String id, String to, String... from) {
        return draft(id, Kind.MERGE, List.of(from), List.of(to));
    }

    static Draft widen(String id, String from, String more) {
        return draft(id, Kind.WIDEN, List.of(from), List.of(more));
    }

    static Draft retire(String id, String from) {
        return draft(id, Kind.RETIRE, List.of(from), List.of());
    }

    static Draft undone(Draft draft) {
        return new Draft(draft.id(), draft.kind(), draft.from(), draft.to(), draft.windowDays(), true, draft.silent());
    }

    static Draft draft(String id, Kind kind, List<String> from, List<String> to) {
        return new Draft(id, kind, from, to, DAYS, false, false);
    }

    static Changes inForce(Draft... drafts) {
        return then(Changes.NONE, drafts);
    }

    /** With more changes, or some undone. */
    static Changes then(Changes before, Draft... drafts) {
        try {
            return rules(before).check(List.of(drafts));
        } catch (InvalidChangeException e) {
            throw new AssertionError(e);
        }
    }

    static ChangeRules rules(Changes before) {
        return new ChangeRules(before, name -> name.length() == 1 ? Optional.of(scope(name)) : Optional.empty(), NOW);
    }

    static NamedScope scope(String name) {
        return new NamedScope("id-" + name, name);
    }

    static List<NamedScope> scopes(String... names) {
        return Arrays.stream(names).map(Written::scope).toList();
    }

    static Mapping apply(Changes changes, List<NamedScope> granted) {
        return changes.apply(granted, List.of(), scope -> true);
    }

    static <T> List<T> with(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private Written() {}
}
