package io.assent.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void percentilesAreTheNearestRanks() {
        long[] hundred = LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000).toArray();

        Sample sample = Sample.of(hundred, 2_000_000_000L);

        assertThat(sample).isEqualTo(new Sample(100, 50, 50, 95, 99));
    }

    @Test
    void oneCallIsEveryPercentile() {
        assertThat(Sample.of(new long[] {3_000_000}, 1_000_000_000L)).isEqualTo(new Sample(1, 1, 3, 3, 3));
    }
}
