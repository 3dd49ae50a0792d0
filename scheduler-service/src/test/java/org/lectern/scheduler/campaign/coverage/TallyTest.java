package org.lectern.scheduler.campaign.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts of coverage items. */
class TallyTest {

    @Test
    void newTally_countsNothing() {
        var tally = new Tally();

        assertThat(tally.all()).isZero();
        assertThat(tally.headCount()).isZero();
        assertThat(tally.branches()).isZero();
        assertThat(tally.branchesCovered()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void eachState_isCountedByItself(CoverageState state) {
        var tally = new Tally();

        tally.add(state, 2);
        tally.add(state, 3);

        for (CoverageState each : CoverageState.values()) {
            assertThat(tally.of(each)).isEqualTo(each == state ? 5 : 0);
        }
        assertThat(tally.all()).isEqualTo(5);
    }

    @Test
    void branch_isCoveredOnlyIfEveryTopicReachedIt() {
        var tally = new Tally();

        tally.addBranch(true);
        tally.addBranch(false);
        tally.addBranch(true);

        assertThat(tally.branches()).isEqualTo(3);
        assertThat(tally.branchesCovered()).isEqualTo(2);
    }

    @Test
    void heads_mayBeMoreThanAnInt() {
        var tally = new Tally();

        tally.addHeads(Integer.MAX_VALUE);
        tally.addHeads(Integer.MAX_VALUE);

        assertThat(tally.headCount()).isEqualTo(4_294_967_294L);
    }

    @Test
    void talliesOfParts_addUpToTheWhole() {
        var one = new Tally();
        one.add(CoverageState.HELD, 3);
        one.add(CoverageState.MISSED, 1);
        one.addHeads(76);
        one.addBranch(true);
        var other = new Tally();
        other.add(CoverageState.HELD, 2);
        other.add(CoverageState.EXCLUDED, 4);
        other.addHeads(24);
        other.addBranch(false);
        var whole = new Tally();

        whole.add(one);
        whole.add(other);

        assertThat(whole.of(CoverageState.HELD)).isEqualTo(5);
        assertThat(whole.of(CoverageState.MISSED)).isEqualTo(1);
        assertThat(whole.of(CoverageState.EXCLUDED)).isEqualTo(4);
        assertThat(whole.all()).isEqualTo(one.all() + other.all()).isEqualTo(10);
        assertThat(whole.headCount()).isEqualTo(100);
        assertThat(whole.branches()).isEqualTo(2);
        assertThat(whole.branchesCovered()).isEqualTo(1);
        assertThat(one.all()).isEqualTo(4);
    }
}
