package io.assent.request;

import io.assent.consent.ClientName;
import io.assent.evidence.ShownText;
import io.assent.limit.AskedNow;
import io.assent.limit.EarlierQuestion;
import io.assent.limit.EarlierQuestion.Outcome;
import io.assent.limit.Question;
import io.assent.limit.RecentQuestions;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.trace.TracePlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A store with the conditions of the real one's updates, on one thread. */
final class RequestsInMemory implements ConsentRequestStore {

    private final Map<String, ConsentRequest> rows = new LinkedHashMap<>();
    private final Map<String, Instant> redeemedAt = new HashMap<>();
    private final Map<String, ShownText> texts = new LinkedHashMap<>();
    private final List<Runnable> beforeUpdates = new ArrayList<>();
    private final AskedNow askedNow = new AskedNow();
    private boolean blocked;
    private int reports;

    /** What somebody else does right before the next update. */
    void beforeNextUpdate(Runnable action) {
        beforeUpdates.add(action);
    }

    /** What stands in other tables: whether the client is blocked, and how many customers reported it. */
    void blocked(boolean now) {
        blocked = now;
    }

    void reports(int number) {
        reports = number;
    }

    /** Somebody else is in the middle of asking. */
    void alsoAsking(Question other, Instant now) {
        askedNow.begin(other, now);
    }

    @Override
    public RecentQuestions recent(Question question, int mostEnded, Instant now) {
        List<EarlierQuestion> earlier = new ArrayList<>();
        askedNow.begin(question, now).stream()
                .map(other -> new EarlierQuestion(
                        "", other.parties().clientId(), other.asksTheSameAs(question), Outcome.PENDING, now, now))
                .forEach(earlier::add);
        askedNow.end(question);
        List<EarlierQuestion> before = rows.values().stream()
                .filter(row ->
                        row.parties().customer().equals(question.parties().customer())
                                && row.journey().is(question.journey()))
                .map(row -> earlier(row, question, now))
                .toList();
        before.stream().filter(one -> one.outcome() == Outcome.PENDING).forEach(earlier::add);
        before.stream()
                .filter(one -> one.outcome() != Outcome.PENDING)
                .filter(one -> one.clientId().equals(question.parties().clientId()))
                .sorted(Comparator.comparing(EarlierQuestion::askedAt).reversed())
                .limit(mostEnded)
                .forEach(earlier::add);
        return new RecentQuestions(earlier, blocked, reports, askedNow.count(question, now));
    }

    @Override
    public int countAsked(Question question, Instant now) {
        return askedNow.countAsked(question, now);
    }

    private static EarlierQuestion earlier(ConsentRequest row, Question question, Instant now) {
        Outcome outcome =
                switch (row.status()) {
                    case PENDING -> row.lapsed(now) ? Outcome.EXPIRED : Outcome.PENDING;
                    case DENIED -> Outcome.DENIED;
                    case APPROVED, REDEEMED, WITHDRAWN -> Outcome.GRANTED;
                };
        return new EarlierQuestion(
                row.id(),
                row.parties().clientId(),
                outcome == Outcome.PENDING
                        && row.parties().equals(question.parties())
                        && row.scope().equals(question.scope())
                        && Optional.ofNullable(row.bindingMessage()).orElse("").equals(question.bindingMessage())
                        && row.details().findJson().orElse("").equals(question.details())
                        && row.permissions().claims().findJson().orElse("").equals(question.claims())
                        && Optional.ofNullable(row.content().grantChange())
                                .orElse("")
                                .equals(question.grantChange()),
                outcome,
                row.createdAt(),
                row.findDecision().map(RecordedDecision::decidedAt).orElse(row.expiresAt()));
    }

    @Override
    public void add(ConsentRequest request) {
        rows.put(request.id(), request);
    }

    @Override
    public boolean end(ConsentRequest read, Instant now) {
        return rows.get(read.id()).expiresAt().equals(read.expiresAt())
                && end(read.parties().realmId(), read.id(), now);
    }

    @Override
    public boolean end(String realmId, String id, Instant now) {
        ConsentRequest row = rows.get(id);
        return update(
                row,
                current -> current.status() == ConsentRequestStatus.PENDING && !current.lapsed(now),
                new ConsentRequest(
                        row.id(),
                        row.parties(),
                        row.journey(),
                        row.content(),
                        row.challenge(),
                        row.status(),
                        row.createdAt(),
                        now,
                        row.openedAt(),
                        row.decision()));
    }

    @Override
    public void release(ConsentRequest request, Instant now) {
        ConsentRequest row = rows.get(request.id());
        update(
                row,
                current -> current.status() == ConsentRequestStatus.WITHDRAWN
                        || current.status() == ConsentRequestStatus.PENDING && current.lapsed(now),
                new ConsentRequest(
                        row.id(),
                        row.parties(),
                        new Journey(row.journey().name(), row.id()),
                        row.content(),
                        row.challenge(),
                        row.status(),
                        row.createdAt(),
                        row.expiresAt(),
                        row.openedAt(),
                        row.decision()));
    }

    @Override
    public void endAll(String realmId, String clientId, Instant since, Instant now) {
        List.copyOf(rows.values()).stream()
                .filter(row -> row.parties().realmId().equals(realmId)
                        && row.parties().clientId().equals(clientId)
                        && row.createdAt().isAfter(since))
                .forEach(row -> end(realmId, row.id(), now));
    }

    /** No client is off here. */
    @Override
    public void endAllOfSwitchedOff(Instant now) {}

    @Override
    public List<ConsentRequest> approvedOfSwitchedOff(Instant now, int max) {
        return List.of();
    }

    @Override
    public boolean report(ConsentRequest request) {
        return update(request, row -> !row.decision().reported(), request.reported());
    }

    @Override
    public List<ConsentRequest> pending(Parties parties, Instant now) {
        return rows.values().stream()
                .filter(row -> row.parties().equals(parties)
                        && row.status() == ConsentRequestStatus.PENDING
                        && !row.lapsed(now))
                .toList();
    }

    @Override
    public Optional<ConsentRequest> hold(Customer customer, String id) {
        return find(customer, id);
    }

    @Override
    public Optional<ConsentRequest> find(Customer customer, String id) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.parties().customer().equals(customer));
    }

    @Override
    public Optional<ConsentRequest> find(String realmId, String id) {
        return Optional.ofNullable(rows.get(id))
                .filter(row -> row.parties().realmId().equals(realmId));
    }

    @Override
    public Optional<ConsentRequest> find(String realmId, String clientId, Journey journey) {
        return rows.values().stream()
                .filter(row -> row.journey().equals(journey)
                        && row.parties().realmId().equals(realmId)
                        && row.parties().clientId().equals(clientId))
                .findFirst();
    }

    @Override
    public List<ConsentRequest> list(Customer customer, Filter filter, Optional<Position> after, int max) {
        return rows.values().stream()
                .filter(row -> row.parties().customer().equals(customer))
                .toList();
    }

    @Override
    public boolean open(ConsentRequest request, Instant now) {
        return update(
                request,
                row -> row.status() == ConsentRequestStatus.PENDING
                        && row.openedAt() == null
                        && row.expiresAt().isAfter(now),
                with(request, request.status(), now, null));
    }

    @Override
    public boolean decide(ConsentRequest request, RecordedDecision answer) {
        return update(
                request,
                row -> row.status() == ConsentRequestStatus.PENDING
                        && row.expiresAt().isAfter(answer.decidedAt()),
                request.decided(answer));
    }

    @Override
    public boolean redeem(ConsentRequest request, Instant now) {
        boolean redeemed = update(
                request,
                row -> row.status() == ConsentRequestStatus.APPROVED
                        && row.expiresAt().isAfter(now),
                with(request, ConsentRequestStatus.REDEEMED, request.openedAt(), request.decision()));
        if (redeemed) {
            redeemedAt.put(request.id(), now);
        }
        return redeemed;
    }

    @Override
    public boolean redeemAgain(ConsentRequest request, Instant since, Instant now) {
        return rows.get(request.id()).status() == ConsentRequestStatus.REDEEMED
                && request.expiresAt().isAfter(now)
                && redeemedAt.get(request.id()).isAfter(since);
    }

    @Override
    public void keep(ShownText text) {
        texts.put(text.hash(), text);
    }

    @Override
    public Optional<ShownText> shownText(String hash) {
        return Optional.ofNullable(texts.get(hash));
    }

    @Override
    public List<ConsentRequest> approved(Parties parties, Instant now) {
        return rows.values().stream()
                .filter(row -> row.parties().equals(parties)
                        && row.status() == ConsentRequestStatus.APPROVED
                        && row.expiresAt().isAfter(now))
                .toList();
    }

    @Override
    public boolean withdraw(ConsentRequest request, Instant now) {
        return update(
                request,
                row -> row.status() == ConsentRequestStatus.APPROVED
                        && row.expiresAt().isAfter(now),
                with(request, ConsentRequestStatus.WITHDRAWN, request.openedAt(), request.decision()));
    }

    private boolean update(ConsentRequest request, Predicate<ConsentRequest> condition, ConsentRequest changed) {
        List<Runnable> others = List.copyOf(beforeUpdates);
        beforeUpdates.clear();
        others.forEach(Runnable::run);
        ConsentRequest row = rows.get(request.id());
        if (row == null || !condition.test(row)) {
            return false;
        }
        rows.put(request.id(), changed);
        return true;
    }

    private static ConsentRequest with(
            ConsentRequest row, ConsentRequestStatus status, Instant openedAt, RecordedDecision decision) {
        return new ConsentRequest(
                row.id(),
                row.parties(),
                row.journey(),
                row.content(),
                row.challenge(),
                status,
                row.createdAt(),
                row.expiresAt(),
                openedAt,
                decision);
    }

    @Override
    public List<ConsentRequest> expired(Expiry after, Instant until, int max) {
        return rows.values().stream()
                .filter(row -> row.status() == ConsentRequestStatus.PENDING
                        && !row.expiresAt().isAfter(until))
                .filter(row -> row.expiresAt().isAfter(after.at())
                        || row.expiresAt().equals(after.at()) && row.id().compareTo(after.requestId()) > 0)
                .sorted(Comparator.comparing(ConsentRequest::expiresAt).thenComparing(ConsentRequest::id))
                .limit(max)
                .toList();
    }

    @Override
    public void removeAll(String realmId) {
        rows.values().removeIf(row -> row.parties().realmId().equals(realmId));
    }

    @Override
    public void removeUnanswered(String realmId, String clientId) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public void removeUnanswered(Customer customer, String pseudonym) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public Optional<ClientName> askedBy(String requestId) {
        return Optional.empty();
    }

    @Override
    public Optional<TracePlace> askedAt(String requestId) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
