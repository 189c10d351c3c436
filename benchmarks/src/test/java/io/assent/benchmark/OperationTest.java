package io.assent.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left out of a run is what nobody compares. */
class OperationTest {

    @Test
    void theSidesThatGoalsAndSettingsCompareMakeEachKindOfCall() {
        assertThat(Operation.values()).allSatisfy(operation -> assertThat(Stream.concat(
                        Stream.of(SideName.B, SideName.C, SideName.C_AGAIN), SideName.settings().stream()))
                .allMatch(operation::isMadeOn));
    }

    @Test
    void aFloorIsNotAskedForWhatIsTheSameOnTheStockSide() {
        assertThat(Operation.END.isMadeOn(SideName.A2)).isFalse();
        assertThat(Operation.LIST.isMadeOn(SideName.D)).isFalse();
        assertThat(Operation.REDEMPTION.isMadeOn(SideName.A2)).isTrue();
    }

    @Test
    void whatWasNotMeasuredIsNoNumberAndNoGoalThatIsMet() {
        Goal goal = Goal.atMost(1, "a goal", Figure.of(new double[0]));

        assertThat(goal.met()).isNull();
        assertThat(goal.measured()).isEqualTo("not in this run");
    }
}
