package io.assent.consent;

import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Since when, until when, and by when a consent is to be confirmed.
 *
 * @param grantedAt when the customer granted it
 * @param validUntil the first moment at which it is worth nothing any more, or {@code null} where it has no end
 * @param confirmedAt when the customer said yes last
 * @param confirmBy the first moment at which it is worth nothing until it is confirmed, or {@code null} where it need
 *     not be
 * @param remindAt when the customer is to be asked to confirm it, or {@code null} where that is done or needless
 */
public record Term(Instant grantedAt, Instant validUntil, Instant confirmedAt, Instant confirmBy, Instant remindAt) {

    public Term {
        Objects.requireNonNull(grantedAt);
        Objects.requireNonNull(confirmedAt);
    }

    /** From now on, as long as the rules allow. */
    static Term from(Instant now, ConsentRules rules) {
        return new Term(now, now.plus(rules.validity()), now, null, null).confirmed(now, rules);
    }

    /** From now on, for a short time, with nothing to confirm. */
    static Term of(Instant now, Duration life) {
        return new Term(now, now.plus(life), now, null, null);
    }

    /** The same, confirmed now: its end does not move. */
    Term confirmed(Instant now, ConsentRules rules) {
        Instant by = rules.confirmation()
                .map(confirmation -> now.plus(confirmation.every()))
                // what ends before needs no confirmation
                .filter(end -> validUntil == null || end.isBefore(validUntil))
                .orElse(null);
        Instant remind = by == null
                ? null
                : by.minus(rules.confirmation().map(Confirmation::notice).orElse(Duration.ZERO));
        return new Term(grantedAt, validUntil, now, by, remind);
    }

    Term reminded() {
        return new Term(grantedAt, validUntil, confirmedAt, confirmBy, null);
    }

    /** Neither valid nor confirmed for longer than another. */
    Term noLongerThan(Term other) {
        boolean sooner = other.confirmBy != null && (confirmBy == null || other.confirmBy.isBefore(confirmBy));
        return new Term(
                grantedAt,
                earliest(validUntil, other.validUntil),
                sooner ? other.confirmedAt : confirmedAt,
                sooner ? other.confirmBy : confirmBy,
                sooner ? other.remindAt : remindAt);
    }

    /** Not valid for longer than until a moment, if there is one. */
    Term noLongerThan(Optional<Instant> end) {
        return end.map(until -> new Term(grantedAt, earliest(validUntil, until), confirmedAt, confirmBy, remindAt))
                .orElse(this);
    }

    boolean isOver(Instant now) {
        return validUntil != null && !now.isBefore(validUntil);
    }

    boolean isUnconfirmed(Instant now) {
        return confirmBy != null && !now.isBefore(confirmBy);
    }

    private static Instant earliest(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
