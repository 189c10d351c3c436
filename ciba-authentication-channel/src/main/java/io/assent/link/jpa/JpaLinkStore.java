package io.assent.link.jpa;

import io.assent.link.Link;
import io.assent.link.Link.Claim;
import io.assent.link.Link.State;
import io.assent.link.LinkState;
import io.assent.link.LinkStore;
import io.assent.link.Login;
import io.assent.server.Customer;
import io.assent.sql.Entities;
import io.assent.sql.EntityReader;
import io.assent.sql.SqlQuery;
import io.assent.sql.SqlUpdate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Keeps links in Keycloak's database. */
final class JpaLinkStore implements LinkStore {

    // Where an expiry is no more than a condition it has "+ 0", so that no planner takes the index of housekeeping.

    private static final String LIVES =
            " and USED_AT is null and DENIED_AT is null and SUSPECTED_AT is null" + " and EXPIRES_AT + 0 > :now";

    private static final String UNCLAIMED = LIVES + " and CLAIMED_AT is null and APPROVED_AT is null";

    private static final String GOES_ON = LIVES + " and APPROVED_AT is not null"
            + " and (CODE_DEMANDED = false or ENTERED_AT is not null or RETURNED_AT is not null)";

    private static final EntityReader<LinkEntity> ROWS = new EntityReader<>(LinkEntity.class);

    private static final String SELECT = "select " + ROWS.columns() + " from {h-schema}CONSENT_LINK where ";

    // In SQL: with each other number of links Hibernate would translate the same query anew.

    private static final String ALL = SELECT + "ID in (%s) and REALM_ID = :realm";

    private static final String STATES = "select ID, USED_AT, DENIED_AT, SUSPECTED_AT, EXPIRES_AT, APPROVED_AT,"
            + " CODE_DEMANDED, ENTERED_AT, RETURNED_AT, CLAIMED_AT, RENEWED_AT"
            + " from {h-schema}CONSENT_LINK where ID in (%s)";

    private final EntityManager em;
    private final KeycloakSessionFactory sessions;

    JpaLinkStore(EntityManager em, KeycloakSessionFactory sessions) {
        this.em = em;
        this.sessions = sessions;
    }

    @Override
    public void add(Link link, String secretHash, String watchHash) {
        em.persist(new LinkEntity(link, secretHash, watchHash));
    }

    @Override
    public Optional<Link> find(String realmId, String id) {
        return Optional.ofNullable(em.find(LinkEntity.class, id))
                .filter(row -> row.isOf(realmId))
                .map(LinkEntity::toLink);
    }

    @Override
    public Optional<Link> newest(Login login, String browserHash, Optional<String> userId, Instant now) {
        TypedQuery<LinkEntity> query = em.createQuery(
                        "select l from LinkEntity l where l.browserHash = :browser and l.login = :login"
                                + " and l.realmId = :realm and l.clientId = :client and l.usedAt is null"
                                + " and l.expiresAt + 0 > :now"
                                + (userId.isPresent() ? " and l.userId = :user" : " and l.known = false")
                                + " order by case when l.requestId is null then 1 else 0 end, l.createdAt desc, l.id",
                        LinkEntity.class)
                .setParameter("browser", browserHash)
                .setParameter("login", login.fingerprint())
                .setParameter("realm", login.realmId())
                .setParameter("client", login.clientId())
                .setParameter("now", now.toEpochMilli());
        userId.ifPresent(user -> query.setParameter("user", user));
        return first(query.setMaxResults(1));
    }

    @Override
    public Optional<Link> bySecret(String realmId, String hash) {
        // one after the other, each by an index of its own
        return by("l.secretHash = :value", realmId, hash).or(() -> by("l.formerHash = :value", realmId, hash));
    }

    @Override
    public Optional<Link> byWatch(String realmId, String hash) {
        return SqlQuery.of(em, SELECT + "WATCH_HASH = :hash and REALM_ID = :realm")
                .set("hash", hash)
                .set("realm", realmId)
                .listCommitted(sessions, ROWS)
                .stream()
                .findFirst()
                .map(LinkEntity::toLink);
    }

    @Override
    public Optional<Link> byReturn(String realmId, String hash) {
        return by("l.returnHash = :value", realmId, hash);
    }

    private Optional<Link> by(String condition, String realmId, String value) {
        return first(
                em.createQuery("select l from LinkEntity l where l.realmId = :realm and " + condition, LinkEntity.class)
                        .setParameter("realm", realmId)
                        .setParameter("value", value));
    }

    private static Optional<Link> first(TypedQuery<LinkEntity> query) {
        return query.getResultList().stream().findFirst().map(LinkEntity::toLink);
    }

    @Override
    public List<Link> all(String realmId, Collection<String> ids) {
        return SqlQuery.of(em, ALL.formatted(SqlQuery.places("id", ids.size())))
                .setEach("id", List.copyOf(ids))
                .set("realm", realmId)
                .list(ROWS)
                .stream()
                .map(LinkEntity::toLink)
                .toList();
    }

    @Override
    public List<LinkState> states(Collection<String> ids, Instant now) {
        return SqlQuery.of(em, STATES.formatted(SqlQuery.places("id", ids.size())))
                .setEach("id", List.copyOf(ids))
                .listCommitted(sessions, row -> state(row, now));
    }

    private static LinkState state(ResultSet row, Instant now) throws SQLException {
        Instant expiresAt = Instant.ofEpochMilli(row.getLong("EXPIRES_AT"));
        return new LinkState(
                row.getString("ID"),
                State.of(
                        has(row, "USED_AT"),
                        has(row, "DENIED_AT") || has(row, "SUSPECTED_AT"),
                        !now.isBefore(expiresAt),
                        has(row, "APPROVED_AT"),
                        !row.getBoolean("CODE_DEMANDED") || has(row, "ENTERED_AT") || has(row, "RETURNED_AT"),
                        has(row, "CLAIMED_AT")),
                Instant.ofEpochMilli(row.getLong("RENEWED_AT")),
                expiresAt);
    }

    private static boolean has(ResultSet row, String time) throws SQLException {
        row.getLong(time);
        return !row.wasNull();
    }

    @Override
    public boolean renew(Link link, String salt, String secretHash, Instant now, Instant good) {
        return changes(
                link,
                update(
                                link,
                                "FORMER_HASH = case when RENEWED_AT > :good then SECRET_HASH else null end,"
                                        + " SECRET_HASH = :hash, SALT = :salt, RENEWED_AT = :now",
                                UNCLAIMED + " and SALT = :before",
                                now)
                        .set("good", good.toEpochMilli())
                        .set("hash", secretHash)
                        .set("salt", salt)
                        .set("before", link.salt()));
    }

    @Override
    public boolean turn(Link link, String page) {
        return changes(
                link,
                SqlUpdate.of(em, "update {h-schema}CONSENT_LINK set PAGE = :page where ID = :id")
                        .set("page", page)
                        .set("id", link.id()));
    }

    @Override
    public boolean prolong(Link link, Instant until, Instant now) {
        return changes(
                link,
                update(link, "EXPIRES_AT = :until", UNCLAIMED + " and REQUEST_ID is null", now)
                        .set("until", until.toEpochMilli()));
    }

    @Override
    public boolean claim(Link link, String hash, String userId, Claim claim, Instant good, Instant replaced) {
        return changes(
                link,
                update(
                                link,
                                "USER_ID = :user, CLAIMED_IN_SESSION = :session, CLAIMED_FROM = :address, CLAIMED_AT = :now",
                                UNCLAIMED + " and (USER_ID is null or USER_ID = :user)"
                                        + " and (SECRET_HASH = :hash and RENEWED_AT > :good"
                                        + " or FORMER_HASH = :hash and RENEWED_AT > :replaced)",
                                claim.at())
                        .set("user", userId)
                        .set("session", claim.sessionId())
                        .set("address", claim.address())
                        .set("hash", hash)
                        .set("good", good.toEpochMilli())
                        .set("replaced", replaced.toEpochMilli()));
    }

    @Override
    public Optional<Link> hold(Link link) {
        return Optional.ofNullable(Entities.hold(em, LinkEntity.class, link.id()))
                .map(LinkEntity::toLink);
    }

    @Override
    public boolean ask(Link link, String requestId, String userId) {
        // a database knows no null that is the same as another
        return changes(
                link,
                SqlUpdate.of(
                                em,
                                "update {h-schema}CONSENT_LINK set REQUEST_ID = :request, USER_ID = :user"
                                        + " where ID = :id and APPROVED_AT is null and DENIED_AT is null and USED_AT is null"
                                        + " and coalesce(REQUEST_ID, '-') = :before")
                        .set("request", requestId)
                        .set("user", userId)
                        .set("id", link.id())
                        .set("before", link.findRequestId().orElse("-")));
    }

    @Override
    public boolean prove(
            Link link,
            boolean codeDemanded,
            String digits,
            String returnSecret,
            String returnHash,
            Instant until,
            Instant now) {
        return changes(
                link,
                SqlUpdate.of(
                                em,
                                "update {h-schema}CONSENT_LINK set APPROVED_AT = :now, CODE_DEMANDED = :demanded,"
                                        + " DIGITS = :digits, RETURN_SECRET = :secret, RETURN_HASH = :hash,"
                                        + " EXPIRES_AT = case when EXPIRES_AT < :until then :until else EXPIRES_AT end"
                                        + " where ID = :id and APPROVED_AT is null and DENIED_AT is null"
                                        + " and SUSPECTED_AT is null and USED_AT is null")
                        .set("now", now.toEpochMilli())
                        .set("demanded", codeDemanded)
                        .set("digits", digits)
                        .set("secret", returnSecret)
                        .set("hash", returnHash)
                        .set("until", until.toEpochMilli())
                        .set("id", link.id()));
    }

    @Override
    public boolean deny(Link link, Instant now) {
        return changes(link, mark(link, "DENIED_AT", now));
    }

    @Override
    public boolean suspect(Link link, Instant now) {
        return changes(link, mark(link, "SUSPECTED_AT", now));
    }

    @Override
    public boolean leave(Link link, Instant now) {
        return changes(link, mark(link, "USED_AT", now));
    }

    private SqlUpdate mark(Link link, String column, Instant now) {
        return SqlUpdate.of(
                        em,
                        "update {h-schema}CONSENT_LINK set " + column + " = :now where ID = :id and " + column
                                + " is null")
                .set("now", now.toEpochMilli())
                .set("id", link.id());
    }

    @Override
    public OptionalInt tryNumber(Link link, int most) {
        return count(link, "NUMBER_TRIES", most);
    }

    @Override
    public OptionalInt tryDigits(Link link, int most) {
        return count(link, "DIGIT_TRIES", most);
    }

    /** In a transaction of its own, in which nobody else counts between the update and the look. */
    private OptionalInt count(Link link, String column, int most) {
        OptionalInt counted = KeycloakModelUtils.runJobInTransactionWithResult(sessions, own -> {
            EntityManager rows = entityManager(own);
            boolean taken = SqlUpdate.of(
                            rows,
                            "update {h-schema}CONSENT_LINK set " + column + " = " + column + " + 1 where ID = :id and "
                                    + column + " < :most")
                    .set("id", link.id())
                    .set("most", most)
                    .findsOne();
            return taken
                    ? OptionalInt.of(
                            SqlQuery.of(rows, "select " + column + " from {h-schema}CONSENT_LINK where ID = :id")
                                    .set("id", link.id())
                                    .list(row -> row.getInt(1))
                                    .get(0))
                    : OptionalInt.empty();
        });
        forget(link);
        return counted;
    }

    @Override
    public void giveBackNumber(Link link) {
        giveBack(link, "NUMBER_TRIES");
    }

    @Override
    public void giveBackDigits(Link link) {
        giveBack(link, "DIGIT_TRIES");
    }

    private void giveBack(Link link, String column) {
        KeycloakModelUtils.runJobInTransaction(sessions, own -> SqlUpdate.of(
                        entityManager(own),
                        "update {h-schema}CONSENT_LINK set " + column + " = " + column + " - 1 where ID = :id and "
                                + column + " > 0")
                .set("id", link.id())
                .findsOne());
        forget(link);
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
    public boolean enter(Link link, Instant now) {
        return changes(link, update(link, "ENTERED_AT = :now", LIVES + " and APPROVED_AT is not null", now));
    }

    @Override
    public boolean comeBack(Link link, Instant now) {
        return changes(
                link,
                update(
                        link,
                        "RETURNED_AT = :now",
                        LIVES + " and APPROVED_AT is not null and RETURNED_AT is null",
                        now));
    }

    @Override
    public boolean forgetReturn(Link link) {
        return changes(
                link,
                SqlUpdate.of(
                                em,
                                "update {h-schema}CONSENT_LINK set RETURN_SECRET = null, RETURN_HASH = null where ID = :id")
                        .set("id", link.id()));
    }

    @Override
    public boolean use(Link link, Instant now) {
        return changes(
                link,
                update(
                        link,
                        "USED_AT = :now, PAGE = null, DIGITS = null, RETURN_SECRET = null, RETURN_HASH = null",
                        GOES_ON,
                        now));
    }

    private SqlUpdate update(Link link, String set, String condition, Instant now) {
        return SqlUpdate.of(em, "update {h-schema}CONSENT_LINK set " + set + " where ID = :id" + condition)
                .set("now", now.toEpochMilli())
                .set("id", link.id());
    }

    private boolean changes(Link link, SqlUpdate update) {
        return update.changes(LinkEntity.class, link.id());
    }

    /** What was read before an update says nothing any more; the row may even be gone. */
    private void forget(Link link) {
        Entities.forget(em, LinkEntity.class, link.id());
    }

    @Override
    public void removeAll(String realmId) {
        em.createQuery("delete from LinkEntity l where l.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void removeAll(String realmId, String clientId) {
        em.createQuery("delete from LinkEntity l where l.realmId = :realm and l.clientId = :client")
                .setParameter("realm", realmId)
                .setParameter("client", clientId)
                .executeUpdate();
    }

    @Override
    public void removeAll(Customer customer) {
        em.createQuery("delete from LinkEntity l where l.realmId = :realm and l.userId = :user")
                .setParameter("realm", customer.realmId())
                .setParameter("user", customer.userId())
                .executeUpdate();
    }

    @Override
    public void close() {}
}
