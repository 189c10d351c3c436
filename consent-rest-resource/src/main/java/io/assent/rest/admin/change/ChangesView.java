package io.assent.rest.admin.change;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.following.Progress;
import io.assent.permission.change.Change;
import io.assent.permission.change.Changes;
import io.assent.permission.change.NamedScope;
import java.util.List;

/**
 * All changes of a realm.
 *
 * @param followed how far consents were walked for them
 */
record ChangesView(int version, List<OneChange> changes, Followed followed) {

    static ChangesView of(Changes changes, Progress progress) {
        return new ChangesView(
                changes.version(),
                changes.all().stream().map(OneChange::of).toList(),
                new Followed(
                        changes.isEmpty() || progress.isFor(changes) && progress.isDone(),
                        progress.looked(),
                        progress.changed(),
                        progress.waiting(),
                        progress.failed(),
                        progress.isDone() ? progress.doneAt().toString() : null));
    }

    record OneChange(
            String id,
            String change,
            List<String> from,
            List<String> to,
            int windowDays,
            boolean undone,
            boolean silent,
            String since,
            String windowEnd) {

        static OneChange of(Change change) {
            return new OneChange(
                    change.id(),
                    change.kind().word(),
                    names(change.from()),
                    names(change.to()),
                    change.windowDays(),
                    change.undone(),
                    change.silent(),
                    change.since().toString(),
                    change.windowEnd().toString());
        }

        private static List<String> names(List<NamedScope> scopes) {
            return scopes.stream().map(NamedScope::name).toList();
        }
    }

    /** @param doneAt when the last walk ended, or {@code null} */
    @JsonInclude
    record Followed(boolean done, int looked, int changed, int waiting, int failed, String doneAt) {}
}
