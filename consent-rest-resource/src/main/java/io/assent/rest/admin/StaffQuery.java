package io.assent.rest.admin;

import io.assent.consent.ConsentQuery;
import io.assent.consent.ConsentStatus;
import io.assent.rest.ListQuery;
import io.assent.rest.TextRule;
import io.assent.rest.admin.call.Parameters;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What staff search for, as the query says it.
 *
 * @param customer the id of a user
 * @param client an OAuth {@code client_id}, or the internal id of a client
 * @param from granted then or later, or {@code null}
 * @param to granted before, or {@code null}
 * @param page which part of what is found
 */
record StaffQuery(
        Optional<String> customer,
        Optional<String> client,
        Set<ConsentStatus> statuses,
        Instant from,
        Instant to,
        ListQuery page) {

    static final List<String> PARAMETERS =
            List.of("customer", "client", "status", "grantedFrom", "grantedTo", "after", "max");

    private static final Map<String, Set<ConsentStatus>> STATUSES = statusesByName();

    /** What the query says, or the problem that says what is wrong with it. */
    static StaffQuery of(MultivaluedMap<String, String> query) {
        Parameters parameters = Parameters.of(query, PARAMETERS);
        parameters.refuseBackwards("grantedFrom", "grantedTo");
        return new StaffQuery(
                parameters.text("customer", TextRule.USER_ID),
                parameters.text("client", TextRule.CLIENT_ID),
                parameters.choose("status", ConsentQuery.ANY_STATUS, STATUSES),
                parameters.moment("grantedFrom").orElse(null),
                parameters.moment("grantedTo").orElse(null),
                parameters.page());
    }

    private static Map<String, Set<ConsentStatus>> statusesByName() {
        Map<String, Set<ConsentStatus>> statuses = new HashMap<>();
        for (ConsentStatus status : ConsentStatus.values()) {
            statuses.put(status.name().toLowerCase(Locale.ROOT), Set.of(status));
        }
        statuses.put("live", which(true));
        statuses.put("ended", which(false));
        return Map.copyOf(statuses);
    }

    private static Set<ConsentStatus> which(boolean live) {
        return Arrays.stream(ConsentStatus.values())
                .filter(status -> status.isLive() == live)
                .collect(Collectors.toUnmodifiableSet());
    }
}
