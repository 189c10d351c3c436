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

    // JPQL: of a native query without named columns Hibernate keeps a plan for each call, and finds none of them again.
    private static final String SCOPE_IDS = "select s.scopeId from UserConsentEntity c"
            + " left join UserConsentClientScopeEntity s on s.userConsent = c"
            + " where c.user.id = :user and c.clientId = :client";

    private final EntityManager em;

    UserConsentRows(EntityManager em) {
        this.em = em;
    }

    /** The ids of the client scopes that are stored as granted; empty where nothing is stored. */
    Optional<Set<String>> scopeIds(Parties parties) {
        List<String> rows = em.createQuery(SCOPE_IDS, String.class)
                .setParameter("user", parties.userId())
                .setParameter("client", parties.clientId())
                .getResultList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().filter(Objects::nonNull).collect(Collectors.toSet()));
    }
}
