package io.assent.rest.admin;

import io.assent.consent.ConsentQuery;
import io.assent.consent.ConsentStatus;
import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.TextRule;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What staff search for, as the query says it. A parameter that is not known or is there twice is refused: a search
 * that leaves a condition out finds what nobody asked for.
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
        query.forEach((name, values) -> {
            if (!PARAMETERS.contains(name)) {
                throw malformed("A parameter is not known here. Known: " + String.join(", ", PARAMETERS) + ".");
            }
            if (values.size() > 1) {
                throw malformed("'" + name + "' is there twice.");
            }
            if (values.get(0).isEmpty()) {
                throw malformed("'" + name + "' has no value.");
            }
        });
        Instant from = moment(query, "grantedFrom");
        Instant to = moment(query, "grantedTo");
        if (from != null && to != null && from.isAfter(to)) {
            throw malformed("'grantedFrom' is after 'grantedTo'.");
        }
        return new StaffQuery(
                text(query, "customer", TextRule.USER_ID),
                text(query, "client", TextRule.CLIENT_ID),
                ListQuery.choose("status", query.getFirst("status"), ConsentQuery.ANY_STATUS, STATUSES),
                from,
                to,
                ListQuery.of(query.getFirst("after"), query.getFirst("max")));
    }

    private static Optional<String> text(MultivaluedMap<String, String> query, String name, TextRule rule) {
        Optional<String> value = Optional.ofNullable(query.getFirst(name));
        if (value.isPresent() && !rule.allows(value.get())) {
            throw malformed("'" + name + "' " + rule.inWords() + ".");
        }
        return value;
    }

    private static Instant moment(MultivaluedMap<String, String> query, String name) {
        return text(query, name, TextRule.MOMENT)
                .map(value -> {
                    try {
                        return OffsetDateTime.parse(value).toInstant();
                    } catch (DateTimeException noSuchMoment) {
                        throw malformed("'" + name + "' is no date and time that there is.");
                    }
                })
                .orElse(null);
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

    private static RuntimeException malformed(String detail) {
        return Problem.malformedRequest(detail).toException();
    }
}
