package io.assent.request.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakingBackTest {

    private final Deque<Integer> batches = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();

    private int batch(int max) {
        asked.add(max);
        return batches.removeFirst();
    }

    @Test
    void itGoesOnInBoundedBatchesUntilOneIsNotFull() {
        batches.addAll(List.of(50, 50, 7));

        TakingBack.inBatches(this::batch, Duration.ofMinutes(1));

        assertThat(asked).containsExactly(50, 50, 50);
    }

    @Test
    void nothingToTakeBackIsOneLook() {
        batches.add(0);

        TakingBack.inBatches(this::batch, Duration.ofMinutes(1));

        assertThat(asked).hasSize(1);
    }

    @Test
    void whatTakesTooLongIsLeftToHousekeeping() {
        batches.addAll(List.of(50, 50));

        TakingBack.inBatches(this::batch, Duration.ZERO);

        assertThat(asked).hasSize(1);
    }
}
