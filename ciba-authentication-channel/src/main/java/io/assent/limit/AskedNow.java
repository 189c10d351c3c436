package io.assent.limit;

import io.assent.server.Customer;
import io.assent.server.MinuteCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is being asked on this node: in the minute, and at this very moment, by transactions of which no other sees
 * anything yet. So of many questions at once no more are let through than of the same ones in a row.
 */
public final class AskedNow {

    /** Longer than any transaction takes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final MinuteCount perClient = new MinuteCount();
    private final MinuteCount perCustomer = new MinuteCount();
    private final ConcurrentHashMap<Customer, List<Begun>> open = new ConcurrentHashMap<>();

    /**
     * A question begins to be asked.
     *
     * @param now one that began long before counts no longer, whatever became of it
     * @return those that began before, to the same customer, and are not through yet
     */
    public List<Question> begin(Question question, Instant now) {
        List<Question> before = new ArrayList<>();
        open.compute(question.parties().customer(), (customer, known) -> {
            List<Begun> all = known == null ? new ArrayList<>() : known;
            all.removeIf(begun -> begun.at().plus(LONGEST).isBefore(now));
            all.forEach(begun -> before.add(begun.question()));
            all.add(new Begun(question, now));
            return all;
        });
        return before;
    }

    /** Its transaction is over, whatever came of it. */
    public void end(Question question) {
        open.computeIfPresent(question.parties().customer(), (customer, known) -> {
            known.removeIf(begun -> begun.question() == question);
            return known.isEmpty() ? null : known;
        });
    }

    /**
     * Counts a question that begins, whatever comes of it: as one of its client's, or where the customer began it as
     * one of that client's with that customer by that way, who else would use up what the client may ask of all.
     *
     * @return how many there are of them on this node in this minute, this one included
     */
    public int count(Question question, Instant now) {
        return question.begunByCustomer()
                ? perCustomer.next(
                        client(question) + " " + question.journey() + " "
                                + question.parties().userId(),
                        now)
                : perClient.next(client(question), now);
    }

    /** Counts a question that the customer began as one of its client's. @return as {@link #count} */
    public int countAsked(Question question, Instant now) {
        return perClient.next(client(question), now);
    }

    private static String client(Question question) {
        return question.parties().realmId() + " " + question.parties().clientId();
    }

    private record Begun(Question question, Instant at) {}
}
