package io.assent.permission.change;

import io.assent.server.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a realm's permissions change: one change after another, in this order. What {@link ChangeRules} let through: no
 * later change gives what an earlier one took away.
 *
 * @param version counts how often an admin changed something; 0 before the first time. It tells two that write at once
 *     from each other
 */
public record Changes(int version, List<Change> all) {

    /** Of a realm whose permissions never changed. */
    public static final Changes NONE = new Changes(0, List.of());

    public Changes {
        all = List.copyOf(all);
    }

    /**
     * Tells these from all others. Versions do not: they begin anew after the realm's component was removed. No blanks.
     */
    public String mark() {
        return version + "." + Sha256.base64Url(ChangeDocument.write(this));
    }

    /** Whether an admin would write them as the others, whenever each of them came into force. */
    boolean sayTheSameAs(Changes others) {
        return drafts().equals(others.drafts());
    }

    /** As an admin would write them. */
    List<Draft> drafts() {
        return all.stream().map(Draft::of).toList();
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether what they did to a grant before says what they do now. */
    public boolean hasUndone() {
        return all.stream().anyMatch(Change::undone);
    }

    /** Whether clients may ask by an old name. */
    public boolean isWindowOpen(Instant now) {
        return all.stream().anyMatch(change -> change.isWindowOpen(now));
    }

    public Optional<Change> find(String id) {
        return all.stream().filter(change -> change.id().equals(id)).findFirst();
    }

    /**
     * What becomes of a grant: never more than the customer granted. Applied to its own result it changes nothing.
     *
     * @param granted what stands
     * @param kept what changes did to it since the customer last said something about it, in order
     * @param available whether a token of the grant's client can have a permission
     */
    public Mapping apply(List<NamedScope> granted, List<Replacement> kept, Predicate<NamedScope> available) {
        Grant grant = new Grant(granted, available);
        for (int last = all.size() - 1; last >= 0; last--) {
            if (all.get(last).undone()) {
                grant.undo(all.get(last), kept);
            }
        }
        all.stream().filter(change -> !change.undone()).forEach(grant::change);
        return grant.mapping();
    }

    /** What is granted in the place of what a replacement took, whether it was granted before as well or not. */
    public List<NamedScope> inPlace(Replacement done) {
        return find(done.changeId())
                .map(change -> done.undone() ? change.from() : change.to())
                .orElse(done.given());
    }

    /**
     * By which names a token may have what it had, or was asked to have: these, and what they became or came of. Which
     * of them it gets is for the grant to say.
     */
    public Set<String> related(Set<String> names) {
        Set<String> related = new LinkedHashSet<>(names);
        related.addAll(after(names));
        related.addAll(before(names));
        return related;
    }

    /**
     * The same for a token of all that was granted: with what the customer granted on top since.
     *
     * @param granted the names of all that is granted
     */
    public Set<String> relatedOfAll(Set<String> names, Set<String> granted) {
        Set<String> related = related(names);
        for (Change change : all) {
            if (change.isWidening() && related.containsAll(change.fromNames())) {
                Set<String> onTop = related(change.toNames());
                onTop.retainAll(granted);
                related.addAll(onTop);
            }
        }
        return related;
    }

    /** The changes that customers were asked about who now hold some of these names. */
    public List<Change> adding(Set<String> names) {
        return all.stream()
                .filter(change -> change.isWidening()
                        && !change.silent()
                        && !Collections.disjoint(related(change.toNames()), names))
                .toList();
    }

    /**
     * What a change adds to a grant; nothing where that is not of the old part, or has it all. The old part is what the
     * change names, or what later changes made of it.
     */
    public List<NamedScope> missing(Change change, Collection<NamedScope> granted) {
        return NamedScope.areAmong(change.from(), granted) || NamedScope.areAmong(fromOfNow(change), granted)
                ? change.to().stream()
                        .filter(scope -> !NamedScope.isAmong(scope, granted))
                        .toList()
                : List.of();
    }

    private List<NamedScope> fromOfNow(Change change) {
        List<NamedScope> from = change.from();
        for (Change later : all.subList(all.indexOf(change) + 1, all.size())) {
            if (!later.undone() && later.kind().replaces() && NamedScope.isAnyAmong(later.from(), from)) {
                List<NamedScope> now = new ArrayList<>(later.to());
                from.stream()
                        .filter(scope -> !NamedScope.isAmong(scope, later.from()))
                        .forEach(now::add);
                from = now;
            }
        }
        return from;
    }

    /** The changes that customers may be asked about now, or have been: what is silent or over asks nobody. */
    public List<Change> asking(Instant now) {
        return all.stream()
                .filter(change -> change.isWidening() && !change.silent() && change.isWindowOpen(now))
                .toList();
    }

    /** Whether customers are to be asked for what a change adds: not where a later one changes that. */
    public boolean isAskedFor(Change change, Instant now) {
        return change.isWidening()
                && !change.undone()
                && change.isWindowOpen(now)
                && all.subList(all.indexOf(change) + 1, all.size()).stream()
                        .noneMatch(later -> !later.undone()
                                && later.kind() != Kind.WIDEN
                                && later.from().stream().anyMatch(scope -> NamedScope.isAmong(scope, change.to())));
    }

    /** Whether some names and others mean a permission in common, by the names that these went or go by. */
    public boolean overlap(Set<String> some, Set<String> others) {
        return !Collections.disjoint(related(some), others) || !Collections.disjoint(some, related(others));
    }

    /** The names of all permissions that change, or that others become. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(change -> {
            names.addAll(change.fromNames());
            names.addAll(change.toNames());
        });
        return names;
    }

    private Set<String> after(Set<String> names) {
        Set<String> after = new LinkedHashSet<>(names);
        for (Change change : all) {
            if (change.kind().replaces() && !Collections.disjoint(after, change.fromNames())) {
                after.addAll(change.toNames());
            }
        }
        return after;
    }

    private Set<String> before(Set<String> names) {
        Set<String> before = new LinkedHashSet<>(names);
        for (int last = all.size() - 1; last >= 0; last--) {
            Change change = all.get(last);
            if (change.kind().replaces() && before.containsAll(change.toNames())) {
                before.addAll(change.fromNames());
            }
        }
        return before;
    }

    /**
     * What a client asks for that sends these names: what they became, as long as it may ask by the old ones. Where it
     * was not given the new ones yet it asks for the old. What was undone is not turned round: each name is a
     * permission of its own again.
     *
     * @param widened whether it asks as well for what belongs to a permission since
     * @param assigned the client scopes that the client has
     */
    public Set<String> asked(Set<String> names, boolean widened, Collection<NamedScope> assigned, Instant now) {
        Asking asking = new Asking(names, assigned);
        all.stream()
                .filter(change -> change.isWindowOpen(now) && !change.undone())
                .forEach(change -> {
                    if (change.kind() != Kind.WIDEN) {
                        asking.replace(change.from(), change.to());
                    } else if (widened) {
                        asking.add(change.from(), change.to());
                    }
                });
        return asking.names;
    }

    /**
     * Whether a permission becomes something else as soon as a client has it, also after the window: to ask for it
     * would be to ask for what goes by another name, or is granted to nobody. Where the client was not given all that
     * comes in its place it asks for the old one.
     *
     * @param available whether a token of the client can have a permission
     */
    public boolean isGone(NamedScope scope, Predicate<NamedScope> available) {
        return all.stream()
                .filter(change -> !change.undone() && change.kind() != Kind.WIDEN)
                .anyMatch(change -> NamedScope.isAmong(scope, change.from())
                        && change.to().stream().allMatch(available));
    }

    /** The names in a request as changes go over them. */
    private static final class Asking {

        private final Set<String> names;
        private final Collection<NamedScope> assigned;

        private Asking(Set<String> names, Collection<NamedScope> assigned) {
            this.names = new LinkedHashSet<>(names);
            this.assigned = assigned;
        }

        private void replace(List<NamedScope> old, List<NamedScope> by) {
            if (add(old, by)) {
                old.forEach(scope -> names.remove(scope.name()));
            }
        }

        private boolean add(List<NamedScope> asked, List<NamedScope> more) {
            boolean means = asked.stream().allMatch(scope -> names.contains(scope.name()) && !isAnother(scope));
            if (!means || !assigned.containsAll(more)) {
                return false;
            }
            more.forEach(scope -> names.add(scope.name()));
            return true;
        }

        /** Whether the client has a client scope that was made anew under the name. */
        private boolean isAnother(NamedScope scope) {
            return assigned.stream()
                    .anyMatch(
                            one -> one.name().equals(scope.name()) && !one.id().equals(scope.id()));
        }
    }

    /** A grant as changes go over it. */
    private static final class Grant {

        private final Set<NamedScope> granted;
        private final Predicate<NamedScope> available;
        private final List<Replacement> done = new ArrayList<>();
        private Outcome outcome = Outcome.UNCHANGED;

        private Grant(List<NamedScope> granted, Predicate<NamedScope> available) {
            this.granted = new LinkedHashSet<>(granted);
            this.available = available;
        }

        private void change(Change change) {
            if (change.from().stream().noneMatch(this::has)) {
                return;
            }
            switch (change.kind()) {
                case RENAME, SPLIT -> replace(change.id(), change.from(), change.to(), false);
                case MERGE -> {
                    if (hasAll(change.from())) {
                        replace(change.id(), change.from(), change.to(), false);
                    } else if (!hasAll(change.to())) {
                        note(Outcome.NEEDS_CUSTOMER);
                    }
                }
                case WIDEN -> {
                    if (!hasAll(change.to())) {
                        note(Outcome.NEEDS_CUSTOMER);
                    }
                }
                case RETIRE -> {
                    if (replace(change.id(), change.from(), change.to(), false)) {
                        note(Outcome.LOSES);
                    }
                }
            }
        }

        /** Only where all that it gave is still there: what the customer took back of it is not given again. */
        private void undo(Change change, List<Replacement> kept) {
            Replacement last = kept.stream()
                    .filter(replacement -> replacement.changeId().equals(change.id()))
                    .reduce((one, later) -> later)
                    .orElse(null);
            if (last != null && !last.undone() && isOf(change, last) && hasAll(last.given())) {
                replace(change.id(), last.given(), last.taken(), true);
            }
        }

        /** Another change may have gone by the same id before. */
        private static boolean isOf(Change change, Replacement done) {
            return done.taken().stream().allMatch(scope -> NamedScope.isAmong(scope, change.from()))
                    && done.given().stream().allMatch(scope -> NamedScope.isAmong(scope, change.to()));
        }

        private boolean replace(String changeId, List<NamedScope> old, List<NamedScope> by, boolean undone) {
            if (!by.stream().allMatch(available)) {
                note(Outcome.WAITING);
                return false;
            }
            List<NamedScope> taken = granted.stream()
                    .filter(scope -> NamedScope.isAmong(scope, old))
                    .toList();
            List<NamedScope> given = by.stream().filter(scope -> !has(scope)).toList();
            granted.removeAll(taken);
            granted.addAll(given);
            done.add(new Replacement(changeId, taken, given, undone));
            note(Outcome.MAPPED);
            return true;
        }

        private void note(Outcome more) {
            outcome = Collections.max(List.of(outcome, more));
        }

        private boolean has(NamedScope scope) {
            return NamedScope.isAmong(scope, granted);
        }

        private boolean hasAll(List<NamedScope> scopes) {
            return scopes.stream().allMatch(this::has);
        }

        private Mapping mapping() {
            return new Mapping(List.copyOf(granted), done, outcome);
        }
    }
}
