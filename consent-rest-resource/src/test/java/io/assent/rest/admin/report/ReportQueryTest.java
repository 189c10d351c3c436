package io.assent.rest.admin.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.report.UtcDay;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is refused is shown over the wire, by {@code ReportsIT}. */
class ReportQueryTest {

    private static final UtcDay TODAY = new UtcDay(LocalDate.parse("2026-11-27"));
    private static final List<String> KNOWN = List.of("from", "to", "client", "format");

    private static ReportQuery read(String query, String... accepted) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        for (String each : query.split("&")) {
            if (!each.isEmpty()) {
                String[] parts = each.split("=", 2);
                parameters.add(parts[0], parts[1]);
            }
        }
        return ReportQuery.of(
                parameters,
                KNOWN,
                Stream.of(accepted).map(ReportQueryTest::type).toList(),
                TODAY);
    }

    private static MediaType type(String type) {
        String[] parts = type.split("/");
        return new MediaType(parts[0], parts[1]);
    }

    @Test
    void withoutDaysItIsTheLastThirty() {
        ReportQuery query = read("");

        assertThat(query.period().from()).hasToString("2026-10-29");
        assertThat(query.period().to()).isEqualTo(TODAY);
        assertThat(query.period().days()).isEqualTo(30);
        assertThat(query.client()).isEmpty();
    }

    @Test
    void bothDaysCount() {
        assertThat(read("from=2026-11-27&to=2026-11-27").period().days()).isEqualTo(1);
        assertThat(read("from=2025-10-24&to=2026-11-27").period().days()).isEqualTo(400);
    }

    @Test
    void theParameterSaysTheFormatAndOtherwiseTheHeader() {
        assertThat(read("").csv()).isFalse();
        assertThat(read("", "*/*").csv()).isFalse();
        assertThat(read("", "application/json", "text/csv").csv()).isFalse();
        assertThat(read("", "text/csv", "application/json").csv()).isTrue();
        assertThat(read("", "text/html", "text/csv", "*/*").csv()).isTrue();
        assertThat(read("", "text/html").csv()).isFalse();
        assertThat(read("format=json", "text/csv").csv()).isFalse();
        assertThat(read("format=csv", "application/json").csv()).isTrue();
    }
}
