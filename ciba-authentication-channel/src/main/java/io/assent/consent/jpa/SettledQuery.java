package io.assent.consent.jpa;

import io.assent.consent.ConsentStatus;
import io.assent.consent.ConsentStore.Grant;
import io.assent.consent.ConsentStore.Settled;
import io.assent.consent.Term;
import io.assent.server.Parties;
import io.assent.sql.SqlQuery;
import io.assent.sql.SqlUpdate;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks, in one statement, for what is granted between a customer and a client and what Keycloak's own record says.
 * Columns, and no entities: of these a session may know a state from before.
 */
final class SettledQuery {

    private static final String STORED = "STORED";

    /**
     * Columns of their own for texts of Keycloak's tables: MariaDB unites none that were made with other collations.
     */
    private static final String LIVE_AND_STORED =
            "select c.STATUS, c.GRANTED_AT, c.VALID_UNTIL, c.CONFIRM_BY, c.SCOPE_IDS, null from {h-schema}CONSENT c"
                    + " where c.REALM_ID = :realm and c.USER_ID = :user and c.CLIENT_ID = :client"
                    + " and c.STATUS in ('ACTIVE', 'SUSPENDED')"
                    + " union all select '" + STORED + "', 0, 0, 0, null, s.SCOPE_ID from {h-schema}USER_CONSENT u"
                    + " left join {h-schema}USER_CONSENT_CLIENT_SCOPE s on s.USER_CONSENT_ID = u.ID"
                    + " where u.USER_ID = :user and u.CLIENT_ID = :client";

    static Settled ask(EntityManager em, Parties parties) {
        return settled(query(em, parties).list(Line::of));
    }

    /** The same, of what some updates leave. */
    static Settled askAfter(List<SqlUpdate> updates, EntityManager em, Parties parties) {
        return settled(query(em, parties).listAfter(updates, Line::of));
    }

    private static SqlQuery query(EntityManager em, Parties parties) {
        return SqlQuery.of(em, LIVE_AND_STORED)
                .set("realm", parties.realmId())
                .set("user", parties.userId())
                .set("client", parties.clientId());
    }

    private static Settled settled(List<Line> all) {
        Map<Boolean, List<Line>> lines = all.stream()
                .collect(Collectors.partitioningBy(line -> line.status().equals(STORED)));
        return new Settled(lines.get(false).stream().map(Line::grant).toList(), stored(lines.get(true)));
    }

    /** A record without scopes is one line with none. */
    private static Optional<Set<String>> stored(List<Line> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.stream()
                        .map(Line::stored)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    private record Line(
            String status, long grantedAt, Instant validUntil, Instant confirmBy, String scopeIds, String stored) {

        private static Line of(ResultSet row) throws SQLException {
            return new Line(
                    row.getString(1), row.getLong(2), time(row, 3), time(row, 4), row.getString(5), row.getString(6));
        }

        private static Instant time(ResultSet row, int place) throws SQLException {
            long millis = row.getLong(place);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        }

        private Grant grant() {
            Instant granted = Instant.ofEpochMilli(grantedAt);
            return new Grant(
                    ConsentStatus.valueOf(status),
                    new Term(granted, validUntil, granted, confirmBy, null),
                    Set.copyOf(ConsentEntity.split(scopeIds)));
        }
    }

    private SettledQuery() {}
}
