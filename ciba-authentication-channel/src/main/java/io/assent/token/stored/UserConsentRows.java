package io.assent.token.stored;

import io.assent.server.Parties;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keycloak's {@code USER_CONSENT} as the database has it, of customers that the database keeps: a cache may know what
 * was there before another transaction that was waited for.
 */
final class UserConsentRows {

    private static final String SCOPE_IDS = "select s.SCOPE_ID from {h-schema}USER_CONSENT c"
            + " left join {h-schema}USER_CONSENT_CLIENT_SCOPE s on s.USER_CONSENT_ID = c.ID"
            + " where c.USER_ID = :user and c.CLIENT_ID = :client";

    private final EntityManager em;

    UserConsentRows(EntityManager em) {
        this.em = em;
    }

    /** The ids of the client scopes that are stored as granted; empty where nothing is stored. */
    @SuppressWarnings("unchecked")
    Optional<Set<String>> scopeIds(Parties parties) {
        List<String> rows = em.createNativeQuery(SCOPE_IDS, String.class)
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId())
                .getResultList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().filter(Objects::nonNull).collect(Collectors.toSet()));
    }
}
