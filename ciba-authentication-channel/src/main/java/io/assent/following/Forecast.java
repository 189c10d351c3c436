package io.assent.following;

import io.assent.permission.change.Outcome;
import io.assent.server.Position;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many consents would come to what.
 *
 * @param counts by outcome; each consent is counted once
 * @param next after which place there may be more
 */
public record Forecast(Map<Outcome, Integer> counts, Optional<Position> next) {

    public Forecast {
        counts = Map.copyOf(counts);
        Objects.requireNonNull(next);
    }

    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
