package io.assent.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.upgrade.Progress.Behind;
import io.assent.upgrade.Progress.Done;
import io.assent.upgrade.Progress.Within;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void isReadAsItIsWritten() {
        List.of(Progress.BEGIN, new Behind("realm"), new Within("realm", "f:store:a user"), new Done())
                .forEach(progress ->
                        assertThat(Progress.parse(progress.toString())).isEqualTo(progress));
    }

    @Test
    void aRealmIsLeftUntilItsLastCustomer() {
        assertThat(Progress.BEGIN.leaves("0")).isTrue();
        assertThat(new Within("b", "user").leaves("b")).isTrue();
        assertThat(new Within("b", "user").leaves("a")).isFalse();
        assertThat(new Within("b", "user").lastCustomer("b")).contains("user");
        assertThat(new Within("b", "user").lastCustomer("c")).isEmpty();
        assertThat(new Behind("b").leaves("b")).isFalse();
        assertThat(new Behind("b").leaves("c")).isTrue();
        assertThat(new Done().leaves("z")).isFalse();
    }
}
