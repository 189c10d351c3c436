package io.assent.overview;

import java.util.Objects;

/**
 * What a client has to do with the realm's customers.
 *
 * @param asked how many questions it asked lately; the next four are of these
 * @param reported how many were denied as none of the customer's; also counted as denied
 * @param pending how many of these can still be answered
 * @param liveConsents how many consents it has that stand
 * @param blocked how many customers want no question of it
 * @param blockedAndReported how many of these also reported it
 * @param pingsWaiting how many pings are to be sent to it
 * @param pingsFailed how many were given up lately
 */
public record ClientFigures(
        long asked,
        long approved,
        long denied,
        long reported,
        long unanswered,
        long pending,
        long liveConsents,
        long blocked,
        long blockedAndReported,
        long pingsWaiting,
        long pingsFailed) {

    /** What is counted of a client, each in a statement of its own. */
    record Counted(Asked asked, long liveConsents, Blocked blocked, long pingsWaiting, long pingsFailed) {

        static final Counted NOTHING = new Counted(new Asked(0, 0, 0, 0, 0, 0), 0, new Blocked(0, 0), 0, 0);

        public Counted {
            Objects.requireNonNull(asked);
            Objects.requireNonNull(blocked);
        }

        Counted with(Asked counted) {
            return new Counted(counted, liveConsents, blocked, pingsWaiting, pingsFailed);
        }

        Counted withLiveConsents(long counted) {
            return new Counted(asked, counted, blocked, pingsWaiting, pingsFailed);
        }

        Counted with(Blocked counted) {
            return new Counted(asked, liveConsents, counted, pingsWaiting, pingsFailed);
        }

        Counted withPingsWaiting(long counted) {
            return new Counted(asked, liveConsents, blocked, counted, pingsFailed);
        }

        Counted withPingsFailed(long counted) {
            return new Counted(asked, liveConsents, blocked, pingsWaiting, counted);
        }

        ClientFigures figures() {
            return new ClientFigures(
                    asked.asked(),
                    asked.approved(),
                    asked.denied(),
                    asked.reported(),
                    asked.unanswered(),
                    asked.pending(),
                    liveConsents,
                    blocked.blocked(),
                    blocked.reported(),
                    pingsWaiting,
                    pingsFailed);
        }
    }

    record Asked(long asked, long approved, long denied, long reported, long unanswered, long pending) {}

    record Blocked(long blocked, long reported) {}
}
