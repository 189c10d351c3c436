package io.assent.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarmthTest {

    private final Warmth warmth = new Warmth();

    @Test
    void oneRoundSaysNothing() {
        round(1, 10);

        assertThat(warmth.isSettled()).isFalse();
    }

    @Test
    void aShortCallThatGetsFasterIsNotHiddenBehindALongOne() {
        round(2, 20);
        round(1, 20);

        assertThat(warmth.change()).isEqualTo(Math.sqrt(0.5), within(1e-9));
        assertThat(warmth.isSettled()).isFalse();
    }

    @Test
    void whatGetsNoFasterIsSettledWhateverItWasAtFirst() {
        round(2, 20);
        round(1, 15);
        round(1.02, 14.8);
        round(1, 14.9);

        assertThat(warmth.isSettled()).isTrue();
    }

    @Test
    void oneRoundThatIsSlowByChanceSaysNothing() {
        round(2, 20);
        round(1, 10);
        round(1.2, 12);

        assertThat(warmth.change()).isGreaterThan(1);
        assertThat(warmth.isSettled()).isFalse();
    }

    @Test
    void norIsWhatIsFasterAfterItThanEverBefore() {
        round(2, 20);
        round(1.3, 13);
        round(1, 10);
        round(1.2, 12);
        round(0.9, 9);

        assertThat(warmth.isSettled()).isFalse();
    }

    private void round(double request, double end) {
        warmth.took(Operation.REQUEST_1, request);
        warmth.took(Operation.END, end);
    }
}
