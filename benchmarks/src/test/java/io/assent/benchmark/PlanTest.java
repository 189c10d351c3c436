package io.assent.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left out of a run is what nobody compares. */
class PlanTest {

    @Test
    void theSidesThatGoalsAndSettingsCompareMakeEachKindOfCall() {
        assertThat(Operation.values()).allSatisfy(operation -> {
            assertThat(List.of(SideName.B, SideName.C))
                    .allMatch(side -> Plan.full().makes(side, operation));
            assertThat(Plan.ofHistory().sides())
                    .allMatch(side -> Plan.ofHistory().makes(side, operation));
            assertThat(Plan.ofSettings().sides())
                    .allMatch(side -> Plan.ofSettings().makes(side, operation));
        });
    }

    @Test
    void aFloorIsNotAskedForWhatIsTheSameOnTheStockSide() {
        assertThat(Plan.full().makes(SideName.A2, Operation.REQUEST_8)).isTrue();
        assertThat(Plan.full().makes(SideName.A2, Operation.REDEMPTION)).isFalse();
        assertThat(Plan.full().makes(SideName.D, Operation.LIST)).isFalse();
    }

    @Test
    void aQuickRunMakesAlikeOnBothOfItsSides() {
        assertThat(Operation.values())
                .filteredOn(operation -> Plan.ofQuick().makes(SideName.C, operation))
                .contains(Operation.JOURNEY)
                .doesNotContain(Operation.APP_LINK, Operation.END)
                .allMatch(operation -> Plan.ofQuick().makes(SideName.B, operation));
    }

    @Test
    void whatMakesFewerCallsIsAsWarmAsWhatItIsComparedWith() {
        assertThat(Plan.full().warmsUpBy(SideName.A2, Operation.REFRESH)).isTrue();
        assertThat(Plan.ofQuick().warmsUpBy(SideName.A2, Operation.JOURNEY)).isTrue();
        assertThat(Plan.ofQuick().warmsUpBy(SideName.A2, Operation.REFRESH)).isFalse();
        assertThat(Plan.full().warmsUpBy(SideName.A2, Operation.APP_LINK)).isFalse();
    }

    @Test
    void whatWasNotMeasuredIsNoNumberAndNoGoalThatIsMet() {
        Goal goal = Goal.atMost(1, "a goal", Figure.of(new double[0]));

        assertThat(goal.met()).isNull();
        assertThat(goal.measured()).isEqualTo("not in this run");
    }
}
