package io.assent.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedIdTest {

    @Test
    void idsOfOneMillisecondAreInTheirOrderHoweverManyThereAre() {
        long now = System.currentTimeMillis() + 60_000;

        List<String> ids =
                IntStream.range(0, 10_000).mapToObj(at -> OrderedId.at(now)).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aClockThatGoesBackDoesNotTurnTheOrderRound() {
        String later = OrderedId.at(System.currentTimeMillis() + 120_000);

        assertThat(OrderedId.next()).isGreaterThan(later);
    }

    @Test
    void theyAreUuidsOfTheVersionThatIsOrdered() {
        UUID id = UUID.fromString(OrderedId.next());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }
}
