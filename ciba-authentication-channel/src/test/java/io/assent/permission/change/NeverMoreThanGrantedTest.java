package io.assent.permission.change;

import static io.assent.permission.change.Written.scope;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The one property of all changes, over every grant and many documents. */
class NeverMoreThanGrantedTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
    private static final int DOCUMENTS = 3_000;

    private int mapped;
    private int restored;

    @Test
    void whateverIsWrittenAGrantIsCoveredByWhatWasGranted() {
        Random random = new Random(26);
        for (int document = 0; document < DOCUMENTS; document++) {
            List<Draft> drafts = drafts(random);
            Changes changes = checked(drafts);
            for (List<NamedScope> granted : subsets()) {
                Set<NamedScope> assigned = assigned(random);
                check(changes, drafts, granted, assigned::contains, random);
            }
        }
        // else it would hold of nothing
        assertThat(mapped).isGreaterThan(DOCUMENTS);
        assertThat(restored).isGreaterThan(DOCUMENTS / 10);
    }

    private void check(
            Changes changes,
            List<Draft> drafts,
            List<NamedScope> granted,
            Predicate<NamedScope> available,
            Random random) {
        Mapping mapping = changes.apply(granted, List.of(), available);
        mapping.granted().forEach(scope -> assertThat(isCovered(scope, new HashSet<>(granted), changes))
                .as("%s of %s by %s", scope, granted, changes)
                .isTrue());
        assertThat(changes.apply(mapping.granted(), mapping.done(), available).done())
                .as("again, %s by %s", granted, changes)
                .isEmpty();
        assertThat(mapping.done().isEmpty()).isEqualTo(mapping.granted().equals(granted));
        mapped += mapping.done().isEmpty() ? 0 : 1;

        // undone from the last to the first, some of them: what comes back was there, or is covered by what was
        int left = random.nextInt(drafts.size() + 1);
        List<Draft> fewer = new ArrayList<>();
        for (int at = 0; at < drafts.size(); at++) {
            fewer.add(at < left ? drafts.get(at) : Written.undone(drafts.get(at)));
        }
        Changes back = Written.then(changes, fewer.toArray(Draft[]::new));
        Mapping undone = back.apply(mapping.granted(), mapping.done(), available);
        undone.granted().forEach(scope -> assertThat(isCovered(scope, new HashSet<>(granted), changes))
                .as("%s of %s by %s, undone %s", scope, granted, changes, back)
                .isTrue());
        restored += undone.done().stream().anyMatch(Replacement::undone) ? 1 : 0;
        if (left == 0 && NAMES.stream().map(Written::scope).allMatch(available)) {
            assertThat(undone.granted()).containsExactlyInAnyOrderElementsOf(granted);
        }
    }

    /** Written from the words of the issue, and not from the code: what the rules say that a permission comes of. */
    private static boolean isCovered(NamedScope scope, Set<NamedScope> granted, Changes changes) {
        return granted.contains(scope)
                || changes.all().stream()
                        .filter(change -> change.to().contains(scope))
                        .anyMatch(change -> switch (change.kind()) {
                            case RENAME, SPLIT, MERGE ->
                                change.from().stream().allMatch(from -> isCovered(from, granted, changes));
                            case WIDEN, RETIRE -> false;
                        });
    }

    /** Those of some at random that can stand together. */
    private static List<Draft> drafts(Random random) {
        List<Draft> drafts = new ArrayList<>();
        for (int wanted = 1 + random.nextInt(4); wanted > 0; wanted--) {
            List<Draft> more = Written.with(drafts, List.of(draft("c" + drafts.size(), random)));
            try {
                Written.rules(Changes.NONE).check(more);
                drafts = more;
            } catch (InvalidChangeException contradiction) {
                // another one
            }
        }
        return drafts;
    }

    private static Draft draft(String id, Random random) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        int several = 2 + random.nextInt(2);
        return switch (Kind.values()[random.nextInt(Kind.values().length)]) {
            case RENAME -> Written.rename(id, names.get(0), names.get(1));
            case SPLIT -> Written.draft(id, Kind.SPLIT, names.subList(0, 1), names.subList(1, 1 + several));
            case MERGE -> Written.draft(id, Kind.MERGE, names.subList(1, 1 + several), names.subList(0, 1));
            case WIDEN -> Written.widen(id, names.get(0), names.get(1));
            case RETIRE -> Written.retire(id, names.get(0));
        };
    }

    private static Changes checked(List<Draft> drafts) {
        return Written.inForce(drafts.toArray(Draft[]::new));
    }

    private static List<List<NamedScope>> subsets() {
        List<List<NamedScope>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << NAMES.size(); bits++) {
            List<NamedScope> subset = new ArrayList<>();
            for (int at = 0; at < NAMES.size(); at++) {
                if ((bits & 1 << at) != 0) {
                    subset.add(scope(NAMES.get(at)));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }

    /** To the client: mostly all. */
    private static Set<NamedScope> assigned(Random random) {
        return NAMES.stream()
                .filter(name -> random.nextInt(8) > 0)
                .map(Written::scope)
                .collect(Collectors.toSet());
    }
}
