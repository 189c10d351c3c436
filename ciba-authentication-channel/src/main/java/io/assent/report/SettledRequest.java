package io.assent.report;

import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a request whose time is over: nothing of it changes any more, but that it may still be reported.
 *
 * @param journey by which the customer was asked, as {@link Journey#name}
 * @param inFull whether all that was asked was granted; says nothing where nothing was
 * @param openedAt when the app read it first, or {@code null}
 * @param decidedAt {@code null} where nobody answered
 * @param redeemedAt {@code null} where no tokens were fetched
 */
public record SettledRequest(
        String journey,
        ConsentRequestStatus status,
        boolean inFull,
        boolean reported,
        Instant askedAt,
        Instant openedAt,
        Instant decidedAt,
        Instant redeemedAt) {

    public SettledRequest {
        Objects.requireNonNull(journey);
        Objects.requireNonNull(status);
        Objects.requireNonNull(askedAt);
    }

    /** Whether the customer had it before their eyes: a browser shows the page by which it asks. */
    boolean opened() {
        return openedAt != null || decidedAt != null || journey.equals(Journey.REDIRECT);
    }

    /** None in a browser, which shows it at once, and where an app answered what it had not read. */
    Optional<Duration> askedToOpened() {
        return between(askedAt, openedAt);
    }

    /** In a browser, from the question on. */
    Optional<Duration> openedToDecided() {
        return between(journey.equals(Journey.REDIRECT) ? askedAt : openedAt, decidedAt);
    }

    Optional<Duration> askedToRedeemed() {
        return between(askedAt, redeemedAt);
    }

    private static Optional<Duration> between(Instant begin, Instant end) {
        return begin == null || end == null ? Optional.empty() : Optional.of(Duration.between(begin, end));
    }
}
