package io.assent.limit;

import io.assent.rules.ConsentRules.Asking;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a client may ask a customer now.
 *
 * @param rules what the bank decided about the client
 */
public record AskingLimits(Asking rules) {

    /** How often in a minute a customer begins to be asked by one client. */
    static final int BEGUN_BY_CUSTOMER = 10;

    /** No pause is counted by more: so many in a row are the most that a rule can ask for. */
    static final int MOST_ENDED = 64;

    /** Of ten: what a report takes of the questions in a minute. */
    private static final int TENTHS = 10;

    /** How many of the client's ended questions with the customer, the newest ones, say how long it has to wait. */
    public int mostEnded(Question question) {
        if (rules.pauseAfter() > MOST_ENDED) {
            return 0;
        }
        // of those that the customer began, only answered ones count: any number of others may lie between
        return question.begunByCustomer()
                ? MOST_ENDED
                // those that were pending at once may have ended in another order
                : Math.min(MOST_ENDED, rules.pauseAfter() + doublings() + rules.pendingForCustomer());
    }

    /** Why a question to the customer's app is refused; empty where it is not. */
    public Optional<Refusal> refusal(Question question, RecentQuestions recent, Instant now) {
        return refusal(question, recent, now, earlier -> true);
    }

    /**
     * The same of one that the customer fetched into the app. Who scans and goes away again is not bothered by anybody,
     * so that what was left unanswered makes no pause; who says no is, perhaps, and by whoever had it scanned.
     */
    public Optional<Refusal> refusalOfScanned(Question question, RecentQuestions recent, Instant now) {
        return refusal(question, recent, now, EarlierQuestion::isAnswered);
    }

    /**
     * Why a question that a customer began, and that nothing else speaks against, is refused.
     *
     * @param asked how many the client asked on this node in this minute, this one included
     */
    public Optional<Refusal> refusalOfBegun(RecentQuestions recent, int asked) {
        return asked > perMinute(recent.reports()) ? Optional.of(Refusal.TOO_FAST) : Optional.empty();
    }

    /** @param counts which of those before count for a pause */
    private Optional<Refusal> refusal(
            Question question, RecentQuestions recent, Instant now, Predicate<EarlierQuestion> counts) {
        String client = question.parties().clientId();
        if (recent.blocked()) {
            return Optional.of(Refusal.BLOCKED);
        }
        if (recent.inThisMinute() > (question.begunByCustomer() ? BEGUN_BY_CUSTOMER : perMinute(recent.reports()))) {
            return Optional.of(Refusal.TOO_FAST);
        }
        if (recent.of(client).anyMatch(earlier -> earlier.same() && earlier.isBeingAsked())) {
            return Optional.of(Refusal.SAME);
        }
        // what this question takes the place of is no longer pending, and was not answered
        if (recent.of(client)
                        .filter(EarlierQuestion::isPending)
                        .filter(earlier -> !earlier.same())
                        .count()
                >= pendingForCustomer(recent.reports())) {
            return Optional.of(Refusal.TOO_MANY_PENDING);
        }
        if (recent.questions().stream()
                        .filter(EarlierQuestion::isPending)
                        .filter(earlier -> !earlier.same())
                        .count()
                >= rules.pendingOfCustomer()) {
            return Optional.of(Refusal.CUSTOMER_BUSY);
        }
        return pausedUntil(recent.of(client).filter(counts).toList())
                .filter(now::isBefore)
                .map(until -> Refusal.PAUSED);
    }

    /** Each report takes one, down to one. */
    private int pendingForCustomer(int reports) {
        return Math.max(1, rules.pendingForCustomer() - reports);
    }

    /** Each report takes a tenth, down to a tenth. */
    private int perMinute(int reports) {
        int tenths = TENTHS - Math.min(reports, RecentQuestions.MOST_REPORTS);
        return Math.max(1, (int) ((long) rules.perMinute() * tenths / TENTHS));
    }

    private Optional<Instant> pausedUntil(List<EarlierQuestion> ofClient) {
        List<EarlierQuestion> unwanted = ofClient.stream()
                .filter(earlier -> !earlier.isPending())
                .sorted(Comparator.comparing(EarlierQuestion::endedAt).reversed())
                .takeWhile(EarlierQuestion::isUnwanted)
                .toList();
        return unwanted.size() < rules.pauseAfter()
                ? Optional.empty()
                : Optional.of(unwanted.get(0).endedAt().plus(pause(unwanted.size() - rules.pauseAfter())));
    }

    private Duration pause(int doublings) {
        Duration pause = rules.firstPause();
        for (int done = 0; done < doublings && pause.compareTo(rules.longestPause()) < 0; done++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(rules.longestPause()) < 0 ? pause : rules.longestPause();
    }

    /** How often the first pause is doubled until it is the longest. */
    private int doublings() {
        int doublings = 0;
        while (pause(doublings).compareTo(rules.longestPause()) < 0) {
            doublings++;
        }
        return doublings;
    }
}
