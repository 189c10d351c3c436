package io.assent.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OneByOneTest {

    private final OneByOne oneByOne = new OneByOne();
    private final Set<String> failing = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private List<String> due = List.of("a", "b", "c");

    @Test
    void allAreToldInTheirOrder() {
        assertThat(tell()).isEqualTo(3);

        assertThat(told).containsExactly("a", "b", "c");
    }

    @Test
    void theRestWaitsForOneThatFailsNow() {
        failing.add("b");
        assertThatThrownBy(this::tell).hasMessage("b");
        assertThat(told).containsExactly("a");

        failing.clear();
        due = List.of("b", "c");
        tell();

        assertThat(told).containsExactly("a", "b", "c");
        assertThat(leftOut).isEmpty();
    }

    @Test
    void oneThatGoesOnFailingIsLeftOutOnceAnotherIsToldOf() {
        failing.add("a");
        failAllAttemptsButOne();

        assertThat(tell()).isEqualTo(2);

        assertThat(told).containsExactly("b", "c");
        assertThat(leftOut).containsExactly("a");
    }

    @Test
    void nothingIsLeftOutWhileAllFail() {
        failing.addAll(due);

        for (int attempt = 0; attempt < 10 * OneByOne.ATTEMPTS; attempt++) {
            assertThatThrownBy(this::tell).isInstanceOf(IllegalStateException.class);
        }

        assertThat(leftOut).isEmpty();
        failing.clear();
        assertThat(tell()).isEqualTo(3);
    }

    @Test
    void oneThatWasToldMeanwhileIsAnotherTheNextTime() {
        failing.add("a");
        failAllAttemptsButOne();
        due = List.of("b");
        tell();
        due = List.of("a", "c");

        assertThatThrownBy(this::tell).hasMessage("a");

        assertThat(leftOut).isEmpty();
    }

    private void failAllAttemptsButOne() {
        for (int attempt = 1; attempt < OneByOne.ATTEMPTS; attempt++) {
            assertThatThrownBy(this::tell).hasMessage("a");
        }
    }

    private int tell() {
        return oneByOne.tell(
                due,
                one -> {
                    if (failing.contains(one)) {
                        throw new IllegalStateException(one);
                    }
                    told.add(one);
                },
                leftOut::add);
    }
}
