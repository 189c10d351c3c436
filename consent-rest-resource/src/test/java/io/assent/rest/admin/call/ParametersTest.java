package io.assent.rest.admin.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rest.TextRule;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused is tested over the wire: an answer takes a server. */
class ParametersTest {

    private static final List<String> KNOWN = List.of("client", "from", "to", "first", "kind");

    private static Parameters of(String... pairs) {
        MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            query.add(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return Parameters.of(query, KNOWN);
    }

    @Test
    void whatIsThereIsRead() {
        Parameters parameters = of("client=acme", "from=2026-11-27T10:00:00+01:00", "first=7", "kind=b");

        assertThat(parameters.text("client", TextRule.CLIENT_ID)).contains("acme");
        assertThat(parameters.moment("from")).contains(Instant.parse("2026-11-27T09:00:00Z"));
        assertThat(parameters.number("first", 0, 0, 10)).isEqualTo(7);
        assertThat(parameters.choose("kind", 0, Map.of("a", 1, "b", 2))).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsItsDefault() {
        Parameters parameters = of();

        assertThat(parameters.text("client", TextRule.CLIENT_ID)).isEmpty();
        assertThat(parameters.moment("from")).isEmpty();
        assertThat(parameters.number("first", 3, 0, 10)).isEqualTo(3);
        assertThat(parameters.choose("kind", 0, Map.of("a", 1))).isZero();
    }

    @Test
    void aSpanOfTimeMayBeAMoment() {
        of("from=2026-11-27T09:00:00Z", "to=2026-11-27T09:00:00Z").refuseBackwards("from", "to");
        of("from=2026-11-27T09:00:00Z").refuseBackwards("from", "to");
        of("to=2026-11-27T09:00:00Z").refuseBackwards("from", "to");
    }
}
