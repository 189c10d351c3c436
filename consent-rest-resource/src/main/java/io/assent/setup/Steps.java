package io.assent.setup;

import java.util.ArrayList;
import java.util.List;

/** Collects what is to be done, which is not done yet. */
final class Steps {

    private final List<Change> changes = new ArrayList<>();
    private final List<Runnable> makers = new ArrayList<>();
    private final List<Change> differences = new ArrayList<>();

    /** @param maker makes it; runs after those that were added before */
    void change(Change change, Runnable maker) {
        changes.add(change);
        makers.add(maker);
    }

    void difference(Change difference) {
        differences.add(difference);
    }

    SetupPlan plan() {
        return new SetupPlan(changes, differences);
    }

    void make() {
        makers.forEach(Runnable::run);
    }
}
