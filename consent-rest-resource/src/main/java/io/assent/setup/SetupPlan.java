package io.assent.setup;

import java.util.List;

/**
 * What setup does to a realm.
 *
 * @param changes what it makes, in this order; none where all is in place
 * @param differences what somebody set otherwise than setup would have, and what is left as it is
 */
public record SetupPlan(List<Change> changes, List<Change> differences) {

    public SetupPlan {
        changes = List.copyOf(changes);
        differences = List.copyOf(differences);
    }
}
