package io.assent.sandbox.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.customer.CustomersWanted.Reading;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomersWantedTest {

    @Test
    void theyAreNamedByKindSeedAndNumber() {
        assertThat(sound("seed", "7", "kind", "dead", "count", "2").usernames())
                .containsExactly("dead-7-001", "dead-7-002");
        assertThat(sound("seed", "0").usernames()).containsExactly("good-0-001");
        assertThat(sound("seed", "999999", "count", "100").usernames())
                .hasSize(100)
                .endsWith("good-999999-100");
    }

    @ParameterizedTest
    @CsvSource({
        "seed,",
        "seed, -1",
        "seed, 1000000",
        "seed, x",
        "count, 0",
        "count, 101",
        "count, 10000",
        "count, 1.0",
        "kind, GOOD",
        "kind, bad",
    })
    void whatIsOutOfBoundsIsRefused(String name, String value) {
        MultivaluedMap<String, String> form = form("seed", "1", "count", "1", "kind", "good");
        form.putSingle(name, value == null ? "" : value);

        assertThat(CustomersWanted.read(form))
                .isInstanceOfSatisfying(Reading.Malformed.class, malformed -> assertThat(malformed.detail())
                        .startsWith(name + " is "));
    }

    @Test
    void theSeedIsNeededAndNothingIsThereTwice() {
        assertThat(CustomersWanted.read(form())).isInstanceOf(Reading.Malformed.class);
        MultivaluedMap<String, String> twice = form("seed", "1");
        twice.add("seed", "1");
        assertThat(CustomersWanted.read(twice)).isInstanceOf(Reading.Malformed.class);
    }

    private static CustomersWanted sound(String... form) {
        return ((Reading.Sound) CustomersWanted.read(form(form))).wanted();
    }

    private static MultivaluedMap<String, String> form(String... fields) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        for (int field = 0; field < fields.length; field += 2) {
            form.putSingle(fields[field], fields[field + 1]);
        }
        return form;
    }
}
