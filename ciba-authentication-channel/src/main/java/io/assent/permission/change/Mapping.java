package io.assent.permission.change;

import java.util.List;
import java.util.Objects;

/**
 * What becomes of a grant.
 *
 * @param granted what it grants from now on; may be nothing
 * @param done how it came to that, in order; empty where nothing changes
 */
public record Mapping(List<NamedScope> granted, List<Replacement> done, Outcome outcome) {
    public Mapping {
        granted = List.copyOf(granted);
        done = List.copyOf(done);
        Objects.requireNonNull(outcome);
    }
}
