package io.assent.server;

import java.time.Instant;
import java.util.Objects;

/**
 * A place in a list that goes from the newest to the oldest: that of one row. What is after it is older than the row,
 * or as old with a smaller id, whatever came to the list's front meanwhile and even where the row is gone.
 *
 * @param at when the row was made
 * @param id the row's
 */
public record Position(Instant at, String id) {

    public Position {
        Objects.requireNonNull(at);
        Objects.requireNonNull(id);
    }
}
