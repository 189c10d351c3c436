package io.assent.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedNamesTest {

    @Test
    void theFirstNamesAreToldApartAndStaySo() {
        BoundedNames names = new BoundedNames(2);

        assertThat(names.bound("acme")).isEqualTo("acme");
        assertThat(names.bound("orbit")).isEqualTo("orbit");
        assertThat(names.bound("third")).isEqualTo("other");
        assertThat(names.bound("acme")).isEqualTo("acme");
        assertThat(names.bound("third")).isEqualTo("other");
    }

    @Test
    void aNameInTwoRealmsIsTwo() {
        BoundedNames names = new BoundedNames(1);

        assertThat(names.bound("bank", "acme")).isEqualTo("acme");
        assertThat(names.bound("other-bank", "acme")).isEqualTo("other");
    }

    @Test
    void noneIsToldApartWhereNoneMayBe() {
        assertThat(new BoundedNames(0).bound("acme")).isEqualTo("other");
    }

    @Test
    void thereAreNeverMoreThoughManyComeAtOnce() {
        BoundedNames names = new BoundedNames(50);

        long known = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(number -> names.bound("client-" + number % 200))
                .filter(name -> !name.equals(BoundedNames.OTHER))
                .distinct()
                .count();

        assertThat(known).isEqualTo(50);
    }
}
