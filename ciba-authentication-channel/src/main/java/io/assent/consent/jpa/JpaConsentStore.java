package io.assent.consent.jpa;

import io.assent.consent.ClientName;
import io.assent.consent.Consent;
import io.assent.consent.ConsentQuery;
import io.assent.consent.ConsentRecord;
import io.assent.consent.ConsentStatus;
import io.assent.consent.ConsentStore;
import io.assent.consent.Term;
import io.assent.lock.PartiesLock;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Position;
import io.assent.sql.EntityReader;
import io.assent.sql.SqlQuery;
import io.assent.sql.SqlUpdate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.keycloak.models.ModelDuplicateException;

/** Keeps consents in Keycloak's database. */
final class JpaConsentStore implements ConsentStore {

    private static final String OF_CUSTOMER =
            "select c from ConsentEntity c where c.realmId = :realm and c.userId = :user";

    private static final String LIVE = " and c.status in (ACTIVE, SUSPENDED)";

    private static final EntityReader<ConsentEntity> ROWS = new EntityReader<>(ConsentEntity.class);

    /** A locking read: at REPEATABLE READ any other sees the database as it was when the transaction began. */
    private static final String LIVE_ROWS = "select " + ROWS.columns() + " from {h-schema}CONSENT"
            + " where REALM_ID = :realm and USER_ID = :user and CLIENT_ID = :client"
            + " and STATUS in ('ACTIVE', 'SUSPENDED') order by GRANTED_AT, ID for update";

    private static final String ACTIVE = " and c.status = ACTIVE";

    private static final String SUSPENDED = " and c.status = SUSPENDED";

    // The transitions are SQL since Hibernate keeps no plan of an update in JPQL.

    /** Live, and not changed since. */
    private static final String IF_AS_READ =
            " where ID = :id and STATUS in ('ACTIVE', 'SUSPENDED') and VERSION = :version";

    private static final String END = "update {h-schema}CONSENT set STATUS = :status, ENDED_BY = :by, ENDED_AT = :now,"
            + " SLOT = ID" + IF_AS_READ;

    private static final String CHANGE = "update {h-schema}CONSENT set PERMISSIONS = :names, SCOPE_IDS = :ids,"
            + " DETAILS = nullif(:details, ''), CLAIMS = nullif(:claims, ''),"
            + " REQUEST_ID = :request, USER_SESSION_ID = :session, OWN_SESSION = :own, SLOT = :slot,"
            + " STATUS = :status, GRANTED_AT = :granted, VALID_UNTIL = nullif(:until, 0), CONFIRMED_AT = :confirmed,"
            + " CONFIRM_BY = nullif(:confirm, 0), REMIND_AT = nullif(:remind, 0), VERSION = VERSION + 1" + IF_AS_READ;

    private static final String TOUCH = "update {h-schema}CONSENT set LAST_USED_AT = :now where ID = :id"
            + " and (LAST_USED_AT is null or LAST_USED_AT < :before)";

    private static final String AFTER = " and c.grantedAt <= :afterAt and (c.grantedAt < :afterAt or c.id < :afterId)";

    private static final String NEWEST_FIRST = " order by c.grantedAt desc, c.id desc";

    /** The same order in memory. */
    private static final Comparator<Consent> BY_AGE =
            Comparator.comparing(Consent::grantedAt).thenComparing(Consent::id).reversed();

    private static final String END_ALL_OF_CLIENT = "update {h-schema}CONSENT set STATUS = 'REVOKED', ENDED_BY = :by,"
            + " ENDED_AT = :now, SLOT = ID"
            + " where REALM_ID = :realm and CLIENT_ID = :client and STATUS in ('ACTIVE', 'SUSPENDED')";

    /** A consent ends once, so that its own id is free for the line that says so. */
    private static final String RECORD_ENDS_OF_CLIENT =
            "insert into {h-schema}CONSENT_EVENT (ID, CONSENT_ID, TYPE, DONE_BY, DONE_AT, PERMISSIONS)"
                    + " select c.ID, c.ID, 'REVOKED', c.ENDED_BY, c.ENDED_AT, '' from {h-schema}CONSENT c"
                    + " where c.REALM_ID = :realm and c.CLIENT_ID = :client and c.STATUS = 'REVOKED'"
                    + " and c.ENDED_AT = :now and c.ENDED_BY = :by and not exists"
                    + " (select 1 from {h-schema}CONSENT_EVENT e where e.CONSENT_ID = c.ID and e.TYPE = 'REVOKED')";

    private static final String RENAME =
            "update {h-schema}CONSENT set USER_ID = :pseudonym, CLAIMS = null where REALM_ID = :realm and USER_ID = :user";

    private final EntityManager em;
    private final PartiesLock lock;
    private final Function<Parties, Optional<ClientName>> clients;

    /** What this transaction wrote, as long as it is as it was written. */
    private final Map<String, Consent> added = new HashMap<>();

    /** What was settled when it was added to, as long as this transaction, which has the lock, changes nothing more. */
    private final Map<Parties, Settled> settled = new HashMap<>();

    /** @param clients what the client is called now */
    JpaConsentStore(EntityManager em, PartiesLock lock, Function<Parties, Optional<ClientName>> clients) {
        this.em = em;
        this.lock = lock;
        this.clients = clients;
    }

    @Override
    public void add(Consent consent, ConsentRecord first) {
        Parties parties = consent.parties();
        List<SqlUpdate> rows =
                List.of(NewConsent.row(em, consent, clients.apply(parties).orElse(null)), NewRecord.row(em, first));
        settled.clear();
        try {
            if (lock.isHeld(parties)) {
                // whoever is told of it asks for that next
                settled.put(parties, SettledQuery.askAfter(rows, em, parties));
            } else {
                SqlUpdate.runInTurn(rows);
            }
        } catch (ConstraintViolationException taken) {
            throw new ModelDuplicateException("The consent is there already, or its place is taken", taken);
        }
        added.put(consent.id(), consent);
    }

    @Override
    public Optional<Consent> find(Customer customer, String id) {
        return consent(id).filter(consent -> consent.parties().customer().equals(customer));
    }

    @Override
    public Optional<Consent> find(String realmId, String clientId, String id) {
        return find(realmId, id).filter(consent -> consent.parties().clientId().equals(clientId));
    }

    @Override
    public Optional<Consent> find(String realmId, String id) {
        return consent(id).filter(consent -> consent.parties().realmId().equals(realmId));
    }

    @Override
    public Optional<ClientName> grantedTo(String consentId) {
        return row(consentId).flatMap(ConsentEntity::grantedTo);
    }

    @Override
    public List<Consent> search(ConsentQuery query, Optional<Position> after, int max) {
        if (query.userId() != null) {
            return consents(select(query, query.statuses(), after).setMaxResults(max));
        }
        // the index has the order of each status alone: a query for several at once would read all that there are
        return query.statuses().stream()
                .flatMap(status -> consents(select(query, Set.of(status), after).setMaxResults(max)).stream())
                .sorted(BY_AGE)
                .limit(max)
                .toList();
    }

    private TypedQuery<ConsentEntity> select(
            ConsentQuery query, Set<ConsentStatus> statuses, Optional<Position> after) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder jpql = new StringBuilder("select c from ConsentEntity c where c.realmId = :realm");
        parameters.put("realm", query.realmId());
        if (query.userId() != null) {
            jpql.append(" and c.userId = :user");
            parameters.put("user", query.userId());
        }
        if (query.clientId() != null) {
            jpql.append(" and c.clientId = :client");
            parameters.put("client", query.clientId());
        }
        if (statuses.size() == 1) {
            jpql.append(" and c.status = :status");
            parameters.put("status", statuses.iterator().next());
        } else if (!statuses.equals(ConsentQuery.ANY_STATUS)) {
            jpql.append(" and c.status in :statuses");
            parameters.put("statuses", statuses);
        }
        if (query.grantedFrom() != null) {
            jpql.append(" and c.grantedAt >= :from");
            parameters.put("from", query.grantedFrom().toEpochMilli());
        }
        if (query.grantedTo() != null) {
            jpql.append(" and c.grantedAt < :to");
            parameters.put("to", query.grantedTo().toEpochMilli());
        }
        after.ifPresent(position -> {
            jpql.append(AFTER);
            parameters.put("afterAt", position.at().toEpochMilli());
            parameters.put("afterId", position.id());
        });
        TypedQuery<ConsentEntity> select =
                em.createQuery(jpql.append(NEWEST_FIRST).toString(), ConsentEntity.class);
        parameters.forEach(select::setParameter);
        return select;
    }

    @Override
    public boolean isKnown(Parties parties) {
        return !em.createQuery(
                        "select c.id from ConsentEntity c where c.realmId = :realm and c.userId = :user"
                                + " and c.clientId = :client",
                        String.class)
                .setParameter("realm", parties.realmId())
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** Who has the lock sees what is there now: Hibernate would return a row as this transaction read it first. */
    @Override
    public List<Consent> live(Parties parties) {
        return lock.isHeld(parties)
                ? SqlQuery.of(em, LIVE_ROWS)
                        .set("realm", parties.realmId())
                        .set("user", parties.userId())
                        .set("client", parties.clientId())
                        .list(ROWS)
                        .stream()
                        .map(ConsentEntity::toConsent)
                        .toList()
                : live(em.createQuery(
                                OF_CUSTOMER + " and c.clientId = :client" + LIVE + " order by c.grantedAt, c.id",
                                ConsentEntity.class)
                        .setParameter("realm", parties.realmId())
                        .setParameter("user", parties.userId())
                        .setParameter("client", parties.clientId()));
    }

    @Override
    public List<Consent> ofRequest(Parties parties, String requestId) {
        return consents(em.createQuery(
                        OF_CUSTOMER + " and c.clientId = :client and c.requestId = :request", ConsentEntity.class)
                .setParameter("realm", parties.realmId())
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId())
                .setParameter("request", requestId));
    }

    @Override
    public void lock(Parties parties) {
        lock.take(parties);
    }

    @Override
    public Settled settled(Parties parties) {
        Settled known = settled.remove(parties);
        return known != null ? known : SettledQuery.ask(em, parties);
    }

    /** Without what the query's conditions still took for live, and a locking read has shown to have ended. */
    private static List<Consent> live(TypedQuery<ConsentEntity> query) {
        return consents(query).stream()
                .filter(consent -> consent.status().isLive())
                .toList();
    }

    @Override
    public List<Consent> list(Customer customer, Filter filter, Optional<Position> after, int max) {
        TypedQuery<ConsentEntity> query = em.createQuery(
                        OF_CUSTOMER + condition(filter) + (after.isPresent() ? AFTER : "") + NEWEST_FIRST,
                        ConsentEntity.class)
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId())
                .setMaxResults(max);
        after.ifPresent(position ->
                query.setParameter("afterAt", position.at().toEpochMilli()).setParameter("afterId", position.id()));
        return filter == Filter.LIVE ? live(query) : consents(query);
    }

    private static String condition(Filter filter) {
        return switch (filter) {
            case ALL -> "";
            case LIVE -> LIVE;
            case ENDED -> " and c.status not in (ACTIVE, SUSPENDED)";
        };
    }

    @Override
    public boolean end(Consent consent, ConsentStatus how, Consent.End end) {
        return changes(
                consent,
                SqlUpdate.of(em, END)
                        .set("status", how.name())
                        .set("by", end.by().name())
                        .set("now", end.at().toEpochMilli()));
    }

    @Override
    public boolean change(Consent before, Consent after) {
        Term term = after.term();
        return changes(
                before,
                SqlUpdate.of(em, CHANGE)
                        .set("names", ConsentEntity.names(after.permissions()))
                        .set("ids", ConsentEntity.scopeIds(after.permissions()))
                        .set("claims", after.claims().findJson().orElse(""))
                        .set("details", after.details().findJson().orElse(""))
                        .set("request", after.requestId())
                        .set("session", after.session().userSessionId())
                        .set("own", after.session().own())
                        .set("slot", ConsentEntity.slot(after))
                        .set("status", after.status().name())
                        .set("granted", term.grantedAt())
                        .set("until", term.validUntil())
                        .set("confirmed", term.confirmedAt())
                        .set("confirm", term.confirmBy())
                        .set("remind", term.remindAt()));
    }

    private boolean changes(Consent consent, SqlUpdate update) {
        // what was written before the update says nothing any more
        added.remove(consent.id());
        settled.clear();
        return update.set("id", consent.id())
                .set("version", consent.version())
                .changes(ConsentEntity.class, consent.id());
    }

    @Override
    public void touch(Consent consent, Instant now, Instant before) {
        SqlUpdate.of(em, TOUCH)
                .set("id", consent.id())
                .set("now", now.toEpochMilli())
                .set("before", before.toEpochMilli())
                .run();
    }

    @Override
    public List<Consent> over(Instant now, int max) {
        // each status for itself: of both at once a planner does not get the order from the index, and reads them all
        return Stream.of(ACTIVE, SUSPENDED)
                .flatMap(status -> due("validUntil", status, now, max).stream())
                .sorted(Comparator.comparing(Consent::validUntil))
                .limit(max)
                .toList();
    }

    @Override
    public List<Consent> toRemind(Instant now, int max) {
        return due("remindAt", ACTIVE, now, max);
    }

    @Override
    public List<Consent> unconfirmed(Instant now, int max) {
        return due("confirmBy", ACTIVE, now, max);
    }

    private List<Consent> due(String time, String condition, Instant now, int max) {
        return consents(em.createQuery(
                        "select c from ConsentEntity c where c.%1$s <= :now%2$s order by c.%1$s"
                                .formatted(time, condition),
                        ConsentEntity.class)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(max));
    }

    private static List<Consent> consents(TypedQuery<ConsentEntity> query) {
        return query.getResultList().stream().map(ConsentEntity::toConsent).toList();
    }

    @Override
    public void add(ConsentRecord event) {
        NewRecord.row(em, event).run();
    }

    @Override
    public boolean isInHistory(String consentId, String requestId) {
        return !em.createQuery(
                        "select e.id from ConsentRecordEntity e where e.consentId = :consent and e.requestId = :request",
                        String.class)
                .setParameter("consent", consentId)
                .setParameter("request", requestId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    @Override
    public List<ConsentRecord> history(String consentId) {
        return em
                .createQuery(
                        "select e from ConsentRecordEntity e where e.consentId = :consent order by e.at, e.id",
                        ConsentRecordEntity.class)
                .setParameter("consent", consentId)
                .getResultList()
                .stream()
                .map(ConsentRecordEntity::toRecord)
                .toList();
    }

    @Override
    public void endAllOfClient(String realmId, String clientId, Consent.End end) {
        settled.clear();
        for (String statement : List.of(END_ALL_OF_CLIENT, RECORD_ENDS_OF_CLIENT)) {
            SqlUpdate.of(em, statement)
                    .set("by", end.by().name())
                    .set("now", end.at().toEpochMilli())
                    .set("realm", realmId)
                    .set("client", clientId)
                    .run();
        }
    }

    @Override
    public void rename(Customer customer, String pseudonym) {
        settled.clear();
        SqlUpdate.of(em, RENAME)
                .set("pseudonym", pseudonym)
                .set("realm", customer.realmId())
                .set("user", customer.userId())
                .run();
    }

    @Override
    public void removeAll(String realmId) {
        settled.clear();
        // takes the history along, by the foreign key
        em.createQuery("delete from ConsentEntity c where c.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void close() {}

    private Optional<Consent> consent(String id) {
        return Optional.ofNullable(added.get(id)).or(() -> row(id).map(ConsentEntity::toConsent));
    }

    private Optional<ConsentEntity> row(String id) {
        return Optional.ofNullable(em.find(ConsentEntity.class, id));
    }
}
