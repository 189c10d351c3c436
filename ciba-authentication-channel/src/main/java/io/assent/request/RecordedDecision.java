package io.assent.request;

import io.assent.detail.Details;
import io.assent.evidence.Evidence;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A customer's answer, as it is kept.
 *
 * @param approved whether it was a yes
 * @param granted the names of the permissions that were granted; empty for a no
 * @param details the authorization details as they were granted; none for a no
 * @param decidedAt when
 * @param deviceId the registered device whose session answered, or {@code null} where no device was registered
 * @param evidence how it came about
 * @param reported whether the customer said of a no that the question was none of theirs
 */
public record RecordedDecision(
        boolean approved,
        Set<String> granted,
        Details details,
        Instant decidedAt,
        String deviceId,
        Evidence evidence,
        boolean reported) {

    /** One by which nothing was reported, and no details were granted. */
    public RecordedDecision(
            boolean approved, Set<String> granted, Instant decidedAt, String deviceId, Evidence evidence) {
        this(approved, granted, Details.NONE, decidedAt, deviceId, evidence, false);
    }

    public RecordedDecision {
        granted = Set.copyOf(granted);
        Objects.requireNonNull(decidedAt);
        Objects.requireNonNull(evidence);
        if (!approved && !(granted.isEmpty() && details.isEmpty())) {
            throw new IllegalArgumentException("a denial grants nothing");
        }
        if (approved && reported) {
            throw new IllegalArgumentException("what is approved is not reported");
        }
    }

    /** Names all that was shown before, where that was kept ({@code content_hash} of tokens). */
    public Optional<String> contentHash() {
        return evidence.contentHash();
    }

    /** The same, by which the customer also says that the question was none of theirs. */
    RecordedDecision asReported() {
        return new RecordedDecision(approved, granted, details, decidedAt, deviceId, evidence, true);
    }
}
