package io.assent.it.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.server.Postgres;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What arrived at one destination, in its order, each event when it arrived first. */
final class Arrivals {

    private final Set<String> ids = new HashSet<>();
    private final Map<String, List<Arrival>> bySubject = new TreeMap<>();
    private int repeats;

    static Arrivals of(List<JsonNode> events) {
        Arrivals arrivals = new Arrivals();
        events.forEach(arrivals::add);
        return arrivals;
    }

    private void add(JsonNode event) {
        String id = event.get("id").asText();
        if (ids.add(id)) {
            bySubject
                    .computeIfAbsent(event.get("subject").asText(), any -> new ArrayList<>())
                    .add(new Arrival(
                            id,
                            Integer.parseInt(event.get("sequence").asText()),
                            event.get("type").asText()));
        } else {
            repeats++;
        }
    }

    int events() {
        return ids.size();
    }

    int repeats() {
        return repeats;
    }

    /** The same events, whatever came twice. */
    void assertSameAs(Arrivals other) {
        assertThat(ids).isEqualTo(other.ids);
    }

    /**
     * Of each subject all that was committed, in its order, and nothing else: as many as were counted with what
     * happened, the last of which says how it stands.
     */
    void assertAllOf(List<Committed> committed) {
        assertThat(bySubject.keySet())
                .isEqualTo(committed.stream().map(Committed::subject).collect(Collectors.toSet()));
        committed.forEach(one -> {
            List<Arrival> arrived = bySubject.get(one.subject());
            assertThat(arrived)
                    .as(one.subject())
                    .extracting(Arrival::sequence)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, one.events()).boxed().toList());
            assertThat(arrived.get(0).type()).as(one.subject()).isEqualTo(one.first());
            // a client that did not hear the answer fetches it again
            assertThat(arrived.get(arrived.size() - 1).type().replaceFirst("-again$", ""))
                    .as(one.subject())
                    .isEqualTo(one.last());
        });
    }

    private record Arrival(String id, int sequence, String type) {}

    /** How a request or a consent stands in the database, and how many events were counted with it. */
    record Committed(String subject, int events, String first, String last) {

        /** Of a realm, where all was answered and taken back. */
        static List<Committed> of(String database, String ofRealm) {
            return Postgres.texts(database, """
                            SELECT 'requests/' || id || ' ' || coalesce(last_sequence_number, 0)
                                || ' io.assent.request.asked io.assent.request.' || lower(status)
                            FROM consent_request LEFT JOIN (SELECT request_id, last_sequence_number FROM consent_event_subject) s
                                ON request_id = consent_request.id WHERE %1$s
                            UNION ALL
                            SELECT 'consents/' || id || ' ' || coalesce(last_sequence_number, 0)
                                || ' io.assent.consent.granted io.assent.consent.' || CASE WHEN ended_at IS NULL THEN 'granted' ELSE 'ended' END
                            FROM consent LEFT JOIN (SELECT consent_id, last_sequence_number FROM consent_event_subject) s
                                ON consent_id = consent.id WHERE %1$s
                            """.formatted(ofRealm)).stream()
                    .map(row -> row.split(" "))
                    .map(row -> new Committed(row[0], Integer.parseInt(row[1]), row[2], row[3]))
                    .toList();
        }
    }
}
