package io.assent.request.jpa;

import io.assent.consent.ClientName;
import io.assent.evidence.ShownText;
import io.assent.limit.Question;
import io.assent.limit.RecentQuestions;
import io.assent.lock.PartiesLock;
import io.assent.offswitch.OffSwitch;
import io.assent.permission.Scopes;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequestStore;
import io.assent.request.Expiry;
import io.assent.request.RecordedDecision;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import io.assent.sql.Entities;
import io.assent.sql.EntityReader;
import io.assent.sql.SqlQuery;
import io.assent.sql.SqlUpdate;
import io.assent.trace.TracePlace;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSessionFactory;

/** Keeps consent requests in Keycloak's database. */
final class JpaConsentRequestStore implements ConsentRequestStore {

    // "+ 0" everywhere but in EXPIRED: a sum is no column, so that no planner takes the index of the expiry. By old
    // statistics nobody's time is still running, and it would read what is pending of the whole bank.

    private static final String OF_CUSTOMER =
            "select r from ConsentRequestEntity r where r.realmId = :realm and r.userId = :user";

    private static final String AFTER = " and r.createdAt <= :afterAt and (r.createdAt < :afterAt or r.id < :afterId)";

    private static final String NEWEST_FIRST = " order by r.createdAt desc, r.id desc";

    private static final String EXPIRED = "select r from ConsentRequestEntity r where r.status = PENDING"
            + " and r.expiresAt >= :after and r.expiresAt <= :until and (r.expiresAt > :after or r.id > :id)"
            + " order by r.expiresAt, r.id";

    /**
     * There are few, and each one's questions are found by an index: a join of both is planned as a walk through all.
     */
    private static final String SWITCHED_OFF =
            "select a.client.realmId, a.client.id from ClientAttributeEntity a where a.name = :mark";

    private static final String APPROVED = "select r from ConsentRequestEntity r where r.clientId = :client"
            + " and r.createdAt > :oldest and r.realmId = :realm and r.status = APPROVED and r.expiresAt + 0 > :now"
            + " order by r.createdAt, r.id";

    private static final EntityReader<ConsentRequestEntity> ROWS = new EntityReader<>(ConsentRequestEntity.class);

    private static final String OF_JOURNEY = "select " + ROWS.columns() + " from {h-schema}CONSENT_REQUEST"
            + " where CHANNEL_REFERENCE = :reference and CHANNEL = :channel and REALM_ID = :realm"
            + " and CLIENT_ID = :client";

    // The transitions are SQL since Hibernate translates an update in JPQL anew each time (it keeps no plan of one).

    private static final String OPEN = "update {h-schema}CONSENT_REQUEST set OPENED_AT = :now"
            + " where ID = :id and STATUS = 'PENDING' and EXPIRES_AT + 0 > :now and OPENED_AT is null";

    private static final String DECIDE = "update {h-schema}CONSENT_REQUEST set STATUS = :status, DECIDED_AT = :now,"
            + " DECIDED_ON_DEVICE = :device, DECIDED_BY_CLIENT = :client, DECIDED_IN_SESSION = :session,"
            + " DECIDED_ACR = :acr, DECIDED_AUTH_TIME = nullif(:authTime, 0), DECIDED_FROM = :address,"
            + " SHOWN_TEXT = :text, SHOWN_CONTENT = :content, SIGNATURE = :signature, GRANTED_PERMISSIONS = :granted,"
            + " GRANTED_DETAILS = :details, REPORTED = :reported,"
            + " EXPIRES_AT = case when EXPIRES_AT < :until then :until else EXPIRES_AT end"
            + " where ID = :id and STATUS = 'PENDING' and EXPIRES_AT + 0 > :now";

    private static final String REDEEM = "update {h-schema}CONSENT_REQUEST set STATUS = 'REDEEMED', REDEEMED_AT = :now"
            + " where ID = :id and STATUS = 'APPROVED' and EXPIRES_AT + 0 > :now";

    /** Changes nothing, and locks on every database: the time counts from the first redemption. */
    private static final String REDEEM_AGAIN = "update {h-schema}CONSENT_REQUEST set REDEEMED_AT = REDEEMED_AT"
            + " where ID = :id and STATUS = 'REDEEMED' and EXPIRES_AT + 0 > :now and REDEEMED_AT + 0 > :since";

    private static final String WITHDRAW = "update {h-schema}CONSENT_REQUEST set STATUS = 'WITHDRAWN'"
            + " where ID = :id and STATUS = 'APPROVED' and EXPIRES_AT + 0 > :now";

    private static final String END = "update {h-schema}CONSENT_REQUEST set EXPIRES_AT = :now"
            + " where ID = :id and REALM_ID = :realm and STATUS = 'PENDING' and EXPIRES_AT + 0 > :now";

    private static final String END_AS_READ = END + " and EXPIRES_AT + 0 = :expires";

    /** By its own id, so that the reference is free and still that of no other row. */
    private static final String RELEASE = "update {h-schema}CONSENT_REQUEST set CHANNEL_REFERENCE = ID"
            + " where ID = :id and (STATUS = 'WITHDRAWN' or STATUS = 'PENDING' and EXPIRES_AT + 0 <= :now)";

    /** By the index of the client's questions, in which nothing is open that is old. */
    private static final String END_ALL = "update {h-schema}CONSENT_REQUEST set EXPIRES_AT = :now"
            + " where CLIENT_ID = :client and CREATED_AT > :oldest and REALM_ID = :realm and STATUS = 'PENDING'"
            + " and EXPIRES_AT + 0 > :now";

    private static final String REPORT = "update {h-schema}CONSENT_REQUEST set REPORTED = true"
            + " where ID = :id and STATUS = 'DENIED' and REPORTED = false";

    /** How long a transaction may take that answers. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

    private final EntityManager em;
    private final PartiesLock lock;
    private final RecentQuestionsQuery recent;
    private final KeycloakSessionFactory sessions;
    private final ShownTexts texts;
    private final Function<Parties, Optional<ClientName>> clients;

    /** @param clients what the client is called now */
    JpaConsentRequestStore(
            EntityManager em,
            PartiesLock lock,
            RecentQuestionsQuery recent,
            KeycloakSessionFactory sessions,
            ShownTexts texts,
            Function<Parties, Optional<ClientName>> clients) {
        this.em = em;
        this.lock = lock;
        this.recent = recent;
        this.clients = clients;
        this.sessions = sessions;
        this.texts = texts;
    }

    @Override
    public RecentQuestions recent(Question question, int mostEnded, Instant now) {
        return recent.ask(question, mostEnded, now);
    }

    @Override
    public int countAsked(Question question, Instant now) {
        return recent.countAsked(question, now);
    }

    @Override
    public void add(ConsentRequest request) {
        NewRequest.insert(em, request, clients.apply(request.parties()).orElse(null), TracePlace.current());
    }

    /** By the key alone, so that what was read before in this session is not read again. */
    @Override
    public Optional<ConsentRequest> find(Customer customer, String id) {
        return ofCustomer(customer, em.find(ConsentRequestEntity.class, id));
    }

    @Override
    public Optional<ConsentRequest> hold(Customer customer, String id) {
        return ofCustomer(customer, Entities.hold(em, ConsentRequestEntity.class, id));
    }

    private static Optional<ConsentRequest> ofCustomer(Customer customer, ConsentRequestEntity found) {
        return Optional.ofNullable(found).filter(row -> row.isPutTo(customer)).map(ConsentRequestEntity::toRequest);
    }

    @Override
    public Optional<ConsentRequest> find(String realmId, String id) {
        return Optional.ofNullable(em.find(ConsentRequestEntity.class, id))
                .filter(row -> row.isOf(realmId))
                .map(ConsentRequestEntity::toRequest);
    }

    @Override
    public Optional<ConsentRequest> find(String realmId, String clientId, Journey journey) {
        return SqlQuery.of(em, OF_JOURNEY)
                .set("reference", journey.reference())
                .set("channel", journey.name())
                .set("realm", realmId)
                .set("client", clientId)
                .listCommitted(sessions, ROWS)
                .stream()
                .findFirst()
                .map(ConsentRequestEntity::toRequest);
    }

    @Override
    public List<ConsentRequest> list(Customer customer, Filter filter, Optional<Position> after, int max) {
        TypedQuery<ConsentRequestEntity> query = em.createQuery(
                        OF_CUSTOMER + condition(filter) + (after.isPresent() ? AFTER : "") + NEWEST_FIRST,
                        ConsentRequestEntity.class)
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId());
        if (filter == Filter.PENDING || filter == Filter.EXPIRED) {
            query.setParameter("now", ServerTime.now().toEpochMilli());
        }
        after.ifPresent(position ->
                query.setParameter("afterAt", position.at().toEpochMilli()).setParameter("afterId", position.id()));
        return requests(query.setMaxResults(max));
    }

    private static String condition(Filter filter) {
        return switch (filter) {
            case ALL -> "";
            case PENDING -> " and r.status = PENDING and r.expiresAt + 0 > :now";
            case APPROVED -> " and r.status in (APPROVED, REDEEMED)";
            case DENIED -> " and r.status = DENIED";
            case EXPIRED -> " and r.status = PENDING and r.expiresAt + 0 <= :now";
        };
    }

    @Override
    public boolean open(ConsentRequest request, Instant now) {
        return transition(OPEN, request, now).findsOne();
    }

    @Override
    public boolean decide(ConsentRequest request, RecordedDecision answer) {
        ConsentRequestStatus status = answer.approved() ? ConsentRequestStatus.APPROVED : ConsentRequestStatus.DENIED;
        return transition(DECIDE, request, answer.decidedAt())
                .set("status", status.name())
                .set("device", answer.deviceId())
                .set("client", answer.evidence().clientId())
                .set("session", answer.evidence().sessionId())
                .set("acr", answer.evidence().acr())
                .set("authTime", answer.evidence().authTime())
                .set("address", answer.evidence().address())
                .set("text", answer.evidence().textHash())
                .set("content", answer.evidence().content())
                .set(
                        "signature",
                        answer.evidence()
                                .findSignature()
                                .map(signature -> signature.json().toString())
                                .orElse(null))
                .set("details", answer.details().findJson().orElse(null))
                .set("reported", answer.reported())
                .set("until", request.prolonged(answer).orElse(null))
                .set(
                        "granted",
                        // in the order in which it was asked for
                        Scopes.join(request.permissions().asked().stream()
                                .filter(answer.granted()::contains)
                                .toList()))
                .changes(ConsentRequestEntity.class, request.id());
    }

    @Override
    public void keep(ShownText text) {
        texts.keep(sessions, text);
    }

    @Override
    public Optional<ShownText> shownText(String hash) {
        return Optional.ofNullable(em.find(ShownTextEntity.class, hash)).map(ShownTextEntity::toText);
    }

    @Override
    public List<ConsentRequest> approved(Parties parties, Instant now) {
        return requests(em.createQuery(
                        OF_CUSTOMER + " and r.clientId = :client and r.status = APPROVED and r.expiresAt + 0 > :now",
                        ConsentRequestEntity.class)
                .setParameter("realm", parties.realmId())
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId())
                .setParameter("now", now.toEpochMilli()));
    }

    @Override
    public boolean withdraw(ConsentRequest request, Instant now) {
        return transition(WITHDRAW, request, now).changes(ConsentRequestEntity.class, request.id());
    }

    @Override
    public boolean end(String realmId, String id, Instant now) {
        return SqlUpdate.of(em, END)
                .set("now", now.toEpochMilli())
                .set("id", id)
                .set("realm", realmId)
                .changes(ConsentRequestEntity.class, id);
    }

    @Override
    public boolean end(ConsentRequest read, Instant now) {
        return SqlUpdate.of(em, END_AS_READ)
                .set("now", now.toEpochMilli())
                .set("id", read.id())
                .set("realm", read.parties().realmId())
                .set("expires", read.expiresAt().toEpochMilli())
                .changes(ConsentRequestEntity.class, read.id());
    }

    @Override
    public void release(ConsentRequest request, Instant now) {
        transition(RELEASE, request, now).run();
        Entities.forget(em, ConsentRequestEntity.class, request.id());
    }

    @Override
    public void endAll(String realmId, String clientId, Instant since, Instant now) {
        SqlUpdate.of(em, END_ALL)
                .set("now", now.toEpochMilli())
                .set("client", clientId)
                .set("oldest", since.toEpochMilli())
                .set("realm", realmId)
                .run();
    }

    @Override
    public void endAllOfSwitchedOff(Instant now) {
        Instant since = now.minus(ConsentRequest.LONGEST_LIFE);
        switchedOff().forEach(client -> endAll(client.realmId(), client.id(), since, now));
    }

    @Override
    public List<ConsentRequest> approvedOfSwitchedOff(Instant now, int max) {
        return switchedOff().stream()
                .flatMap(client -> approved(client, now, max).stream())
                .limit(max)
                .toList();
    }

    private List<ConsentRequest> approved(OwnedClient client, Instant now, int max) {
        return requests(em.createQuery(APPROVED, ConsentRequestEntity.class)
                .setParameter("client", client.id())
                .setParameter("oldest", now.minus(ConsentRequest.LONGEST_LIFE).toEpochMilli())
                .setParameter("realm", client.realmId())
                // also what was answered in the moment in which its question was ended
                .setParameter("now", now.minus(LONGEST_ANSWER).toEpochMilli())
                .setMaxResults(max));
    }

    private List<OwnedClient> switchedOff() {
        return em
                .createQuery(SWITCHED_OFF, Object[].class)
                .setParameter("mark", OffSwitch.MARK)
                .getResultList()
                .stream()
                .map(row -> new OwnedClient((String) row[0], (String) row[1]))
                .toList();
    }

    @Override
    public boolean report(ConsentRequest request) {
        return SqlUpdate.of(em, REPORT).set("id", request.id()).changes(ConsentRequestEntity.class, request.id());
    }

    @Override
    public List<ConsentRequest> pending(Parties parties, Instant now) {
        return requests(em.createQuery(
                        OF_CUSTOMER + " and r.clientId = :client and r.status = PENDING and r.expiresAt + 0 > :now",
                        ConsentRequestEntity.class)
                .setParameter("realm", parties.realmId())
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId())
                .setParameter("now", now.toEpochMilli()));
    }

    @Override
    public boolean redeem(ConsentRequest request, Instant now) {
        return lock.takeAndFindOne(request.parties(), transition(REDEEM, request, now));
    }

    @Override
    public boolean redeemAgain(ConsentRequest request, Instant since, Instant now) {
        return lock.takeAndFindOne(
                request.parties(), transition(REDEEM_AGAIN, request, now).set("since", since));
    }

    private SqlUpdate transition(String update, ConsentRequest request, Instant now) {
        return SqlUpdate.of(em, update).set("now", now.toEpochMilli()).set("id", request.id());
    }

    @Override
    public List<ConsentRequest> expired(Expiry after, Instant until, int max) {
        return requests(em.createQuery(EXPIRED, ConsentRequestEntity.class)
                .setParameter("after", after.at().toEpochMilli())
                .setParameter("id", after.requestId())
                .setParameter("until", until.toEpochMilli())
                .setMaxResults(max));
    }

    private static List<ConsentRequest> requests(TypedQuery<ConsentRequestEntity> query) {
        return query.getResultList().stream()
                .map(ConsentRequestEntity::toRequest)
                .toList();
    }

    @Override
    public void removeAll(String realmId) {
        em.createQuery("delete from ConsentRequestEntity r where r.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void removeUnanswered(String realmId, String clientId) {
        em.createQuery("delete from ConsentRequestEntity r"
                        + " where r.realmId = :realm and r.clientId = :client and r.decidedAt is null")
                .setParameter("realm", realmId)
                .setParameter("client", clientId)
                .executeUpdate();
    }

    @Override
    public void removeUnanswered(Customer customer, String pseudonym) {
        of(customer, "delete from ConsentRequestEntity r", " and r.decidedAt is null")
                .executeUpdate();
        of(
                        customer,
                        "update ConsentRequestEntity r set r.userId = :pseudonym, r.claims = null, r.decidedFrom = null,"
                                + " r.decidedInSession = null, r.decidedOnDevice = null",
                        "")
                .setParameter("pseudonym", pseudonym)
                .executeUpdate();
    }

    private Query of(Customer customer, String statement, String condition) {
        return em.createQuery(statement + " where r.realmId = :realm and r.userId = :user" + condition)
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId());
    }

    @Override
    public Optional<ClientName> askedBy(String requestId) {
        return Optional.ofNullable(em.find(ConsentRequestEntity.class, requestId))
                .flatMap(ConsentRequestEntity::askedBy);
    }

    @Override
    public Optional<TracePlace> askedAt(String requestId) {
        return Optional.ofNullable(em.find(ConsentRequestEntity.class, requestId))
                .flatMap(ConsentRequestEntity::askedAt);
    }

    @Override
    public void close() {}

    /** A client by its internal id. */
    private record OwnedClient(String realmId, String id) {}
}
