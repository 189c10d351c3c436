package io.assent.limit;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client and a customer had to do with each other of late, as the store tells it.
 *
 * @param questions the client's own ones with the customer, and the pending ones of all clients; newest first
 * @param blocked whether the customer wants to hear nothing more of the client
 * @param reports how many customers reported the client of late; more than {@value #MOST_REPORTS} are not counted
 * @param inThisMinute how many questions began on this node in this minute, the new one included: the client's own, or
 *     where the customer began it those of this client with this customer by this way
 */
public record RecentQuestions(List<EarlierQuestion> questions, boolean blocked, int reports, int inThisMinute) {

    /** More make no difference. */
    public static final int MOST_REPORTS = 9;

    public RecentQuestions {
        questions = List.copyOf(questions);
    }

    Stream<EarlierQuestion> of(String clientId) {
        return questions.stream().filter(question -> question.clientId().equals(clientId));
    }

    /** The client's pending questions that stand in the store. */
    public Stream<EarlierQuestion> pendingOf(String clientId) {
        return of(clientId).filter(question -> question.isPending() && !question.isBeingAsked());
    }

    /**
     * When the newest of the other pending questions was asked. What others are asking right now, and may not be let
     * through, holds nobody up but themselves.
     */
    public Optional<Instant> lastAsked(String clientId) {
        return questions.stream()
                .filter(EarlierQuestion::isPending)
                .filter(question ->
                        !question.isBeingAsked() || question.clientId().equals(clientId))
                .map(EarlierQuestion::askedAt)
                .max(Comparator.naturalOrder());
    }
}
