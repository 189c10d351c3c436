package io.assent.overview;

import io.assent.server.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A part of a list. It may have fewer items than were wanted, even none, and go on all the same.
 *
 * @param next after which row to go on; empty where nothing is left
 */
public record Part<T>(List<T> items, Optional<Position> next) {

    public Part {
        items = List.copyOf(items);
    }

    /**
     * Those of some rows that are wanted.
     *
     * @param rows in the list's order
     * @param mostRead how many rows were asked for: with fewer the list's end was reached
     * @param max how many are wanted at the most, 1 or more
     */
    static <T> Part<T> of(List<T> rows, int mostRead, int max, Predicate<T> wanted, Function<T, Position> place) {
        List<T> items = new ArrayList<>();
        int seen = 0;
        while (seen < rows.size() && items.size() < max) {
            T row = rows.get(seen);
            if (wanted.test(row)) {
                items.add(row);
            }
            seen++;
        }
        boolean more = seen < rows.size() || rows.size() >= mostRead;
        return new Part<>(items, more ? Optional.of(place.apply(rows.get(seen - 1))) : Optional.empty());
    }

    <R> Part<R> map(Function<List<T>, List<R>> mapping) {
        return new Part<>(mapping.apply(items), next);
    }
}
