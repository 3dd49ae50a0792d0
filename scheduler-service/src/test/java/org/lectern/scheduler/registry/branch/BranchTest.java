package org.lectern.scheduler.registry.branch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The results of changes of a branch. */
class BranchTest {

    private static final Instant ENTERED = Instant.parse("2026-11-01T08:00:00Z");

    private static Branch.State named(String name) {
        return new Branch.State("QS-V-014", name, "village", null, "Asia/Shanghai", "zh-CN", 800, false, null);
    }

    @Test
    void changeByASlowClock_isDatedLikeTheOneBefore() {
        var branch = new Branch(named("青石村"), ENTERED);

        branch.change(named("青石新村"), false, ENTERED.minusSeconds(5));

        assertThat(branch.event().version()).isEqualTo(2);
        assertThat(branch.event().occurredAt()).isEqualTo(ENTERED);
    }

    @Test
    void changeToTheSameState_makesNoVersion() {
        var branch = new Branch(named("青石村"), ENTERED);

        assertThat(branch.change(named("青石村"), false, ENTERED.plusSeconds(5))).isFalse();
        assertThat(branch.event().version()).isEqualTo(1);
        assertThat(branch.event().occurredAt()).isEqualTo(ENTERED);
    }
}
