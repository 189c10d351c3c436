package io.assent.consent;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Which consents of a realm to look for: those for which all holds that is not {@code null}.
 *
 * @param userId whose
 * @param clientId the internal id of the client
 * @param statuses what the row says, one status at the least; see {@link #ANY_STATUS}
 * @param grantedFrom granted then or later
 * @param grantedTo granted before
 */
public record ConsentQuery(
        String realmId,
        String userId,
        String clientId,
        Set<ConsentStatus> statuses,
        Instant grantedFrom,
        Instant grantedTo) {

    /** For a query that no status matters to. */
    public static final Set<ConsentStatus> ANY_STATUS = Set.copyOf(EnumSet.allOf(ConsentStatus.class));

    public ConsentQuery {
        Objects.requireNonNull(realmId);
        statuses = Set.copyOf(statuses);
        if (statuses.isEmpty()) {
            throw new IllegalArgumentException("a consent has a status");
        }
    }
}
