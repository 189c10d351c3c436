package io.assent.following;

import io.assent.consent.Consent;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Mapping;
import io.assent.permission.change.Outcome;
import io.assent.server.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a realm's consents were walked for its changes.
 *
 * @param mark which changes ({@link Changes#mark})
 * @param looked how many consents were looked at
 * @param changed how many of them changed
 * @param waiting how many wait until their client is given the new permissions
 * @param failed how many could not change
 * @param after the last one; empty at the beginning and at the end
 * @param doneAt when the walk came to its end, or {@code null} where it did not yet
 * @param begunAt when it began; long ago where a version before wrote it down, which did not keep it
 */
public record Progress(
        String mark,
        int looked,
        int changed,
        int waiting,
        int failed,
        Optional<Position> after,
        Instant doneAt,
        Instant begunAt) {

    static final Progress NONE = new Progress("0", 0, 0, 0, 0, Optional.empty(), null, Instant.EPOCH);

    /** While a client may ask by an old name, a consent may come of it. */
    private static final Duration AGAIN = Duration.ofDays(1);

    private static final String NOTHING = "-";

    /** So many parts a version before wrote down. */
    private static final int WITHOUT_BEGIN = 8;

    static Progress begin(Changes changes, Instant now) {
        return new Progress(changes.mark(), 0, 0, 0, 0, Optional.empty(), null, now);
    }

    /** Whether the walk came to a consent before another one: it was there when the walk began, and is newer. */
    boolean cameBefore(Consent newer, Consent other) {
        int later = newer.grantedAt().compareTo(other.grantedAt());
        return newer.grantedAt().isBefore(begunAt)
                && (later > 0 || later == 0 && newer.id().compareTo(other.id()) > 0);
    }

    public boolean isDone() {
        return doneAt != null;
    }

    public boolean isFor(Changes changes) {
        return mark.equals(changes.mark());
    }

    boolean isDue(Changes changes, Instant now) {
        return !isFor(changes) || !isDone() || (changes.isWindowOpen(now) && !now.isBefore(doneAt.plus(AGAIN)));
    }

    /** One more consent that followed, if there was something to follow. */
    Progress with(Mapping mapping) {
        return new Progress(
                mark,
                looked + 1,
                changed + (mapping.done().isEmpty() ? 0 : 1),
                waiting + (mapping.outcome() == Outcome.WAITING ? 1 : 0),
                failed,
                after,
                doneAt,
                begunAt);
    }

    /** One more whose client is gone. */
    Progress withoutClient() {
        return new Progress(mark, looked + 1, changed, waiting, failed, after, doneAt, begunAt);
    }

    Progress withFailure() {
        return new Progress(mark, looked + 1, changed, waiting, failed + 1, after, doneAt, begunAt);
    }

    Progress after(Position last) {
        return new Progress(mark, looked, changed, waiting, failed, Optional.of(last), null, begunAt);
    }

    Progress done(Instant now) {
        return new Progress(mark, looked, changed, waiting, failed, Optional.empty(), now, begunAt);
    }

    String inWords() {
        return "%d looked at, %d changed, %d wait for their client, %d failed"
                .formatted(looked, changed, waiting, failed);
    }

    /** Of what cannot be read the walk begins anew. */
    static Progress parse(String text) {
        String[] parts = text.split(" ");
        try {
            return new Progress(
                    parts[0],
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]),
                    parts[5].equals(NOTHING)
                            ? Optional.empty()
                            : Optional.of(new Position(Instant.ofEpochMilli(Long.parseLong(parts[5])), parts[6])),
                    parts[7].equals(NOTHING) ? null : Instant.ofEpochMilli(Long.parseLong(parts[7])),
                    parts.length == WITHOUT_BEGIN ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(parts[8])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException notOurs) {
            return NONE;
        }
    }

    /** The inverse of {@link #parse}. */
    @Override
    public String toString() {
        return String.join(
                " ",
                mark,
                String.valueOf(looked),
                String.valueOf(changed),
                String.valueOf(waiting),
                String.valueOf(failed),
                after.map(last -> String.valueOf(last.at().toEpochMilli())).orElse(NOTHING),
                after.map(Position::id).orElse(NOTHING),
                doneAt == null ? NOTHING : String.valueOf(doneAt.toEpochMilli()),
                String.valueOf(begunAt.toEpochMilli()));
    }
}
