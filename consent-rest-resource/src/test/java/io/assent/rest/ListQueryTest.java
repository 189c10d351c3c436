package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.server.Position;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {

    @Test
    void aNumberIsWithinItsBounds() {
        assertThat(ListQuery.wholeNumber("1", 1, 100)).hasValue(1);
        assertThat(ListQuery.wholeNumber("100", 1, 100)).hasValue(100);
        assertThat(ListQuery.wholeNumber("2147483647", 0, Integer.MAX_VALUE)).hasValue(Integer.MAX_VALUE);
    }

    @Test
    void aPageSaysWhatComesAfterItAndTheLastOneThatNothingDoes() {
        ListQuery query = ListQuery.of(null, "2");
        List<Position> rows = List.of(row(3), row(2), row(1));

        ListQuery.Page<Position> first = query.page(rows, Function.identity());
        assertThat(first.items()).containsExactly(row(3), row(2));
        assertThat(ListQuery.of(first.next(), null).after()).contains(row(2));

        ListQuery.Page<Position> last = query.page(rows.subList(1, 3), Function.identity());
        assertThat(last.items()).containsExactly(row(2), row(1));
        assertThat(last.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "MQ", "=", "MS4wMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=", "MC4wLTAtMC0wLTA"})
    void whatIsNoCursorIsRefused(String cursor) {
        assertThat(Cursor.read(cursor)).isEmpty();
    }

    @Test
    void theLongestCursorIsAsLongAsOneMayBe() {
        Position farthest = new Position(Instant.ofEpochMilli(999_999_999_999_999_999L), "\uD83D\uDE00".repeat(36));
        assertThat(Cursor.of(farthest)).hasSize(Cursor.MAX_LENGTH);
        assertThat(Cursor.readOfClients(Cursor.of(farthest))).contains(farthest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "1.2", "ACME AISP", "b\u00fcro", "00000000-0000-0000-0000-000000000001"})
    void anIdIsWhatKeycloakCanHave(String id) {
        Position place = new Position(Instant.ofEpochMilli(1), id);

        assertThat(Cursor.readOfClients(Cursor.of(place))).contains(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "0000000000000000000000000000000000000"})
    void noIdIsWhatItCanNot(String id) {
        assertThat(Cursor.readOfClients(Cursor.of(new Position(Instant.ofEpochMilli(1), id))))
                .isEmpty();
    }

    private static Position row(long at) {
        return new Position(Instant.ofEpochMilli(at), "00000000-0000-0000-0000-00000000000" + at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "101", "-1", "+1", "1.5", "1e1", "0x1", "٣", "9999999999", "11111111111"})
    void whatIsNoneIsRefused(String value) {
        assertThat(ListQuery.wholeNumber(value, 1, 100)).isEmpty();
    }
}
