package io.assent.request.jpa;

import io.assent.limit.AskedNow;
import io.assent.limit.EarlierQuestion;
import io.assent.limit.EarlierQuestion.Outcome;
import io.assent.limit.Question;
import io.assent.limit.RecentQuestions;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.sql.SqlQuery;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Asks, in one statement, for all that decides whether a client may ask a customer. */
final class RecentQuestionsQuery {

    /** How far back denials and reports are remembered. */
    private static final Duration MEMORY = Duration.ofDays(30);

    /** No rule allows more. */
    private static final int MOST_PENDING = 1_000;

    private static final String BLOCKS = "BLOCKS";

    private static final String FROM = " from {h-schema}CONSENT_REQUEST r where r.REALM_ID = :realm"
            + " and r.USER_ID = :user and r.CHANNEL = :journey";

    /** "+ 0" as in the store: no planner takes the index of the expiry. */
    private static final String IS_PENDING = "r.STATUS = 'PENDING' and r.EXPIRES_AT + 0 > :now";

    /**
     * What the client asked before, newest first; what is pending of anybody; and in a last line the client's blocks.
     * All by an index. Texts come only with what may be the same question; whether it is, is found out in memory, since
     * some databases compare without regard to case.
     */
    private static final String ENDED_BEFORE_LIMIT =
            "(select r.ID as ID, r.CHANNEL_REFERENCE as REFERENCE, r.CLIENT_ID as CLIENT_ID, r.STATUS as STATUS,"
                    + " r.CREATED_AT as CREATED_AT, r.EXPIRES_AT as EXPIRES_AT, coalesce(r.DECIDED_AT, 0) as DECIDED_AT,"
                    + " '' as SCOPE, '' as MESSAGE, '' as DETAILS, '' as CLAIMS, '' as GRANT_CHANGE" + FROM
                    + " and r.CREATED_AT > :since and r.CLIENT_ID = :client and not (" + IS_PENDING + ")"
                    + " order by r.CREATED_AT desc limit ";

    private static final String ENDED_AFTER_LIMIT = ") union all ";

    private static final String OPEN_AND_BLOCKS =
            "(select r.ID, r.CHANNEL_REFERENCE, r.CLIENT_ID, r.STATUS, r.CREATED_AT, r.EXPIRES_AT, 0,"
                    + " case when r.CLIENT_ID = :client then r.SCOPE else '' end,"
                    + " case when r.CLIENT_ID = :client then coalesce(r.BINDING_MESSAGE, '') else '' end,"
                    + " case when r.CLIENT_ID = :client then coalesce(r.DETAILS, '') else '' end,"
                    + " case when r.CLIENT_ID = :client then coalesce(r.CLAIMS, '') else '' end,"
                    + " case when r.CLIENT_ID = :client then coalesce(r.GRANT_CHANGE, '') else '' end" + FROM
                    + " and r.CREATED_AT > :sincePending and " + IS_PENDING
                    + " order by r.CREATED_AT desc limit " + MOST_PENDING + ")"
                    + " union all select '', '', '', '" + BLOCKS + "',"
                    + " (select count(*) from {h-schema}CONSENT_BLOCK b where b.REALM_ID = :realm and b.USER_ID = :user"
                    + " and b.CLIENT_ID = :client),"
                    + " (select count(*) from (select 1 from {h-schema}CONSENT_BLOCK b where b.REALM_ID = :realm"
                    + " and b.CLIENT_ID = :client and b.REPORTED_AT > :since limit " + RecentQuestions.MOST_REPORTS
                    + ") n),"
                    + " 0, '', '', '', '', ''";

    private final KeycloakSession session;
    private final EntityManager em;
    private final AskedNow askedNow;

    RecentQuestionsQuery(KeycloakSession session, EntityManager em, AskedNow askedNow) {
        this.session = session;
        this.em = em;
        this.askedNow = askedNow;
    }

    /** @param mostEnded how many ended ones of the client's are read at the most */
    RecentQuestions ask(Question question, int mostEnded, Instant now) {
        List<Question> rightNow = begin(question, now);
        List<Line> lines = lines(question, mostEnded, now);
        // what got through between the two looks is there already, and counts once
        Set<String> through = lines.stream().map(Line::reference).collect(Collectors.toSet());
        List<EarlierQuestion> earlier = new ArrayList<>();
        rightNow.stream()
                .filter(other -> other.journey().equals(question.journey()) && !through.contains(other.reference()))
                .map(other -> beingAsked(other, question, now))
                .forEach(earlier::add);
        boolean blocked = false;
        int reports = 0;
        for (Line line : lines) {
            if (BLOCKS.equals(line.status())) {
                blocked = line.createdAt() > 0;
                reports = (int) line.expiresAt();
            } else {
                earlier.add(line.earlier(question, now));
            }
        }
        return new RecentQuestions(earlier, blocked, reports, askedNow.count(question, now));
    }

    int countAsked(Question question, Instant now) {
        return askedNow.countAsked(question, now);
    }

    private List<Question> begin(Question question, Instant now) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                askedNow.end(question);
            }

            @Override
            protected void rollbackImpl() {
                askedNow.end(question);
            }
        });
        return askedNow.begin(question, now);
    }

    private List<Line> lines(Question question, int mostEnded, Instant now) {
        String ended = mostEnded == 0 ? "" : ENDED_BEFORE_LIMIT + mostEnded + ENDED_AFTER_LIMIT;
        return SqlQuery.of(em, ended + OPEN_AND_BLOCKS)
                .set("realm", question.parties().realmId())
                .set("user", question.parties().userId())
                .set("client", question.parties().clientId())
                .set("journey", question.journey())
                .set("since", now.minus(MEMORY).toEpochMilli())
                .set("sincePending", now.minus(ConsentRequest.LONGEST_LIFE).toEpochMilli())
                .set("now", now.toEpochMilli())
                .list(Line::of);
    }

    private static EarlierQuestion beingAsked(Question other, Question question, Instant now) {
        return new EarlierQuestion(
                "", other.parties().clientId(), other.asksTheSameAs(question), Outcome.PENDING, now, now);
    }

    /** A line of the answer. */
    private record Line(
            String id,
            String reference,
            String clientId,
            String status,
            long createdAt,
            long expiresAt,
            long decidedAt,
            String scope,
            String message,
            String details,
            String claims,
            String grantChange) {

        /** By their places: to look columns up by name takes longer than to read them. */
        private static Line of(ResultSet row) throws SQLException {
            return new Line(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getString(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12));
        }

        private EarlierQuestion earlier(Question question, Instant now) {
            Outcome outcome = outcome(now);
            boolean same = outcome == Outcome.PENDING
                    && clientId.equals(question.parties().clientId())
                    && scope.equals(question.scope())
                    && message.equals(question.bindingMessage())
                    && details.equals(question.details())
                    && claims.equals(question.claims())
                    && grantChange.equals(question.grantChange());
            boolean answered = outcome == Outcome.GRANTED || outcome == Outcome.DENIED;
            return new EarlierQuestion(
                    id,
                    clientId,
                    same,
                    outcome,
                    Instant.ofEpochMilli(createdAt),
                    Instant.ofEpochMilli(answered ? decidedAt : expiresAt));
        }

        private Outcome outcome(Instant now) {
            return switch (ConsentRequestStatus.valueOf(status)) {
                case PENDING -> expiresAt > now.toEpochMilli() ? Outcome.PENDING : Outcome.EXPIRED;
                case DENIED -> Outcome.DENIED;
                case APPROVED, REDEEMED, WITHDRAWN -> Outcome.GRANTED;
            };
        }
    }
}
