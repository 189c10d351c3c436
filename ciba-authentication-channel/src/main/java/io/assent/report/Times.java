package io.assent.report;

import java.time.Duration;
import java.util.Optional;

/** How long requests took from step to step, where they came that far. */
public record Times(Durations askedToOpened, Durations openedToDecided, Durations askedToRedeemed) {

    public static final Times NONE = new Times(Durations.NONE, Durations.NONE, Durations.NONE);

    public static Times of(SettledRequest request) {
        return new Times(
                durations(request.askedToOpened()),
                durations(request.openedToDecided()),
                durations(request.askedToRedeemed()));
    }

    private static Durations durations(Optional<Duration> duration) {
        return duration.map(Durations::of).orElse(Durations.NONE);
    }

    /** The inverse of {@link #toString}. */
    public static Times parse(String text) {
        String[] parts = text.split(";", -1);
        return new Times(Durations.parse(parts[0]), Durations.parse(parts[1]), Durations.parse(parts[2]));
    }

    public Times plus(Times other) {
        return new Times(
                askedToOpened.plus(other.askedToOpened),
                openedToDecided.plus(other.openedToDecided),
                askedToRedeemed.plus(other.askedToRedeemed));
    }

    @Override
    public String toString() {
        return askedToOpened + ";" + openedToDecided + ";" + askedToRedeemed;
    }
}
