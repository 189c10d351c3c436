package io.assent.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.server.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartTest {

    private static Part<Integer> of(List<Integer> rows, int mostRead, int max) {
        return Part.of(rows, mostRead, max, row -> row % 2 == 0, PartTest::place);
    }

    private static Position place(int row) {
        return new Position(Instant.EPOCH, String.valueOf(row));
    }

    @Test
    void itHasWhatIsWantedAndNoMore() {
        assertThat(of(List.of(1, 2, 3, 4, 5, 6), 10, 2).items()).containsExactly(2, 4);
    }

    @Test
    void theNextOneGoesOnAfterTheLastRowThatWasLookedAt() {
        assertThat(of(List.of(1, 2, 3, 4, 5, 6), 10, 2).next()).contains(place(4));
    }

    @Test
    void whereAllThatMayBeReadIsReadItGoesOnAlsoWithoutAnItem() {
        Part<Integer> part = of(List.of(1, 3, 5), 3, 2);

        assertThat(part.items()).isEmpty();
        assertThat(part.next()).contains(place(5));
    }

    @Test
    void atTheListsEndThereIsNoNextOne() {
        assertThat(of(List.of(1, 2, 3), 10, 2).next()).isEmpty();
        assertThat(of(List.of(1, 2), 10, 1).next()).isEmpty();
        assertThat(of(List.of(), 10, 1).next()).isEmpty();
    }
}
