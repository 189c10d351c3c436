package io.assent.permission.change;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What an admin may write. A change that is in force stays as it is until its window is over; it can be undone, and
 * another one comes after it. So what happened to a consent can always be told from what stands in the document.
 */
public final class ChangeRules {

    /** In one realm. */
    public static final int MOST = 100;

    /** Of a change. */
    public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,35}");

    public static final int LEAST_DAYS = 1;

    public static final int MOST_DAYS = 400;

    /** Of a document that came with a realm: it leaves room for what comes after it. */
    private static final int LARGEST_FIRST_VERSION = 1_000_000;

    /** Between the check of what comes into force and the moment at which it is written; and between two clocks. */
    private static final Duration BEGINNING = Duration.ofMinutes(10);

    private final Changes before;
    private final Function<String, Optional<NamedScope>> permissions;
    private final Instant now;

    /**
     * @param before what is in force
     * @param permissions the realm's permissions that can stand in a consent, by name
     */
    public ChangeRules(Changes before, Function<String, Optional<NamedScope>> permissions, Instant now) {
        this.before = before;
        this.permissions = permissions;
        this.now = now;
    }

    /**
     * What is in force with these changes, and no others.
     *
     * @throws InvalidChangeException where one of them can't be
     */
    public Changes check(List<Draft> drafts) throws InvalidChangeException {
        if (drafts.equals(before.drafts())) {
            return before;
        }
        refuseUncountable(drafts);
        List<Change> all = new ArrayList<>();
        for (Draft draft : drafts) {
            all.add(change(draft));
        }
        refuseLost(all);
        refuseContradictions(all);
        return new Changes(before.version() + 1, all);
    }

    /**
     * Checks what was written by another way than this check: it has to be what this would have come to.
     *
     * @throws InvalidChangeException where it is anything else
     */
    void checkWritten(Changes written) throws InvalidChangeException {
        Changes checked = check(written.drafts());
        if (written.version() != checked.version()) {
            throw new InvalidChangeException(
                    "'version' is " + checked.version() + " after version " + before.version() + ".");
        }
        for (Change change : written.all()) {
            Change expected = checked.find(change.id()).orElseThrow();
            Change same = before.find(change.id()).isPresent() ? change : change.beganAt(expected.since());
            if (!same.equals(expected)) {
                throw new InvalidChangeException(
                        change.id(), "it is not as it came into force, or has ids of other client scopes.");
            }
            if (change.since().isAfter(now)
                    || change.since().isBefore(expected.since().minus(BEGINNING))) {
                throw new InvalidChangeException(change.id(), "'since' is not now.");
            }
        }
    }

    /**
     * Checks what a realm begins with, as one that is imported does: changes of all ages, also of permissions that are
     * gone. What is in force already does not count.
     *
     * @throws InvalidChangeException where they could not have come into force one after another
     */
    void checkFirst(Changes written) throws InvalidChangeException {
        if (written.version() < 1 || written.version() > LARGEST_FIRST_VERSION) {
            throw new InvalidChangeException("'version' is from 1 to " + LARGEST_FIRST_VERSION + ".");
        }
        refuseUncountable(written.drafts());
        for (Change change : written.all()) {
            refuseMalformed(Draft.of(change));
            if (change.since().isAfter(now.plus(BEGINNING))) {
                throw new InvalidChangeException(change.id(), "'since' is in the future.");
            }
        }
        refuseContradictions(written.all());
    }

    private static void refuseUncountable(List<Draft> drafts) throws InvalidChangeException {
        if (drafts.size() > MOST) {
            throw new InvalidChangeException("A realm has at most " + MOST + " changes.");
        }
        Set<String> ids = new HashSet<>();
        for (Draft draft : drafts) {
            if (!ids.add(draft.id())) {
                throw new InvalidChangeException(draft.id(), "another change has the same id.");
            }
        }
    }

    private static void refuseContradictions(List<Change> all) throws InvalidChangeException {
        for (int at = 0; at < all.size(); at++) {
            refuseContradiction(all.get(at), all.subList(0, at));
        }
        for (int at = 0; at < all.size(); at++) {
            refuseUndoneBelow(all.get(at), all.subList(at + 1, all.size()));
        }
    }

    private Change change(Draft draft) throws InvalidChangeException {
        Change known = before.find(draft.id()).orElse(null);
        return known == null ? newChange(draft) : knownChange(draft, known);
    }

    private Change knownChange(Draft draft, Change known) throws InvalidChangeException {
        if (!draft.describes(known)) {
            throw new InvalidChangeException(
                    draft.id(),
                    "it is in force and can't become another one: undo it, and write the other by a new id.");
        }
        if (draft.undone() == known.undone()) {
            return known;
        }
        if (known.undone()) {
            throw new InvalidChangeException(draft.id(), "it was undone: write it again by a new id.");
        }
        if (!known.isWindowOpen(now)) {
            throw new InvalidChangeException(
                    draft.id(), "it can't be undone any more: its window was over at " + known.windowEnd() + ".");
        }
        return known.asUndone();
    }

    private static void refuseMalformed(Draft draft) throws InvalidChangeException {
        if (!ID.matcher(draft.id()).matches()) {
            throw new InvalidChangeException(
                    "An id has 1 to 36 lower-case letters, digits and hyphens, and no hyphen in front.");
        }
        if (draft.windowDays() < LEAST_DAYS || draft.windowDays() > MOST_DAYS) {
            throw new InvalidChangeException(
                    draft.id(), "'windowDays' is from " + LEAST_DAYS + " to " + MOST_DAYS + ".");
        }
        if (!draft.kind().takes(draft.from().size())
                || !draft.kind().gives(draft.to().size())) {
            throw new InvalidChangeException(
                    draft.id(),
                    "of '" + draft.kind().word() + "' " + draft.kind().inWords() + ".");
        }
        if (draft.silent() && draft.kind() != Kind.WIDEN) {
            throw new InvalidChangeException(draft.id(), "'silent' is for 'widen' alone: nobody is asked otherwise.");
        }
        Set<String> names = new HashSet<>(draft.from());
        names.addAll(draft.to());
        if (names.size() < draft.from().size() + draft.to().size()) {
            throw new InvalidChangeException(draft.id(), "it names a permission twice.");
        }
    }

    private Change newChange(Draft draft) throws InvalidChangeException {
        refuseMalformed(draft);
        if (draft.undone()) {
            throw new InvalidChangeException(draft.id(), "it was never in force, and so can't be undone.");
        }
        return new Change(
                draft.id(),
                draft.kind(),
                scopes(draft, draft.from()),
                scopes(draft, draft.to()),
                draft.windowDays(),
                now,
                false,
                draft.silent());
    }

    private List<NamedScope> scopes(Draft draft, List<String> names) throws InvalidChangeException {
        List<NamedScope> scopes = new ArrayList<>();
        for (String name : names) {
            scopes.add(permissions
                    .apply(name)
                    .orElseThrow(() -> new InvalidChangeException(
                            draft.id(),
                            "the realm has no permission '" + name
                                    + "': a client scope that is shown on the consent screen, and not good for one"
                                    + " token.")));
        }
        return scopes;
    }

    /** What is in force goes when its window is over, keeps its place, and comes before what is new. */
    private void refuseLost(List<Change> all) throws InvalidChangeException {
        List<String> kept = new ArrayList<>();
        for (Change change : before.all()) {
            if (all.stream().anyMatch(same -> same.id().equals(change.id()))) {
                kept.add(change.id());
            } else if (change.isWindowOpen(now)) {
                throw new InvalidChangeException(
                        change.id(),
                        "it is missing, and its window is open until " + change.windowEnd() + ": undo it instead.");
            }
        }
        for (int at = 0; at < kept.size(); at++) {
            if (!all.get(at).id().equals(kept.get(at))) {
                throw new InvalidChangeException(
                        all.get(at).id(), "what is in force keeps its order, and comes before what is new.");
            }
        }
    }

    /** What was taken from everybody is neither given nor taken afterwards: so there are no circles. */
    private static void refuseContradiction(Change change, List<Change> earlier) throws InvalidChangeException {
        if (change.undone()) {
            return;
        }
        for (Change other : earlier) {
            if (other.undone()) {
                continue;
            }
            if (shares(change.to(), other.from()) && other.kind() != Kind.WIDEN) {
                throw new InvalidChangeException(
                        change.id(),
                        leadsTo(change, other, earlier)
                                ? "it leads back to what '" + other.id() + "' begins with: a circle."
                                : "it gives what '" + other.id() + "' takes away.");
            }
            if (shares(change.from(), other.from()) && other.kind().takesFromAll()) {
                throw new InvalidChangeException(
                        change.id(), "it changes what '" + other.id() + "' takes away before.");
            }
        }
    }

    private static boolean leadsTo(Change change, Change first, List<Change> earlier) {
        Set<NamedScope> reached = new LinkedHashSet<>(first.to());
        earlier.subList(earlier.indexOf(first) + 1, earlier.size()).stream()
                .filter(next -> !next.undone() && shares(next.from(), reached))
                .forEach(next -> reached.addAll(next.to()));
        return shares(change.from(), reached);
    }

    /** The last comes first. */
    private static void refuseUndoneBelow(Change change, List<Change> later) throws InvalidChangeException {
        if (!change.undone()) {
            return;
        }
        for (Change other : later) {
            if (!other.undone() && shares(other.from(), change.to())) {
                throw new InvalidChangeException(
                        change.id(), "'" + other.id() + "' goes on with what it gave: undo that one first.");
            }
        }
    }

    private static boolean shares(Iterable<NamedScope> some, Iterable<NamedScope> others) {
        Set<String> ids = new HashSet<>();
        some.forEach(scope -> ids.add(scope.id()));
        Set<String> otherIds = new HashSet<>();
        others.forEach(scope -> otherIds.add(scope.id()));
        return !Collections.disjoint(ids, otherIds);
    }
}
