package org.lectern.notification.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.notification.followup.EscalationPolicy.Rung;

class EscalationPolicyTest {

    private static final Rung REPEAT = new Rung(EscalationLevel.REPEAT, Duration.ofHours(24), Duration.ofHours(48));
    private static final Rung PARENT = new Rung(EscalationLevel.PARENT, Duration.ofHours(48), Duration.ofHours(24));

    @Test
    void isGivenToTheDatabaseInItsOrder() {
        var ladder = new EscalationPolicy(List.of(REPEAT, PARENT), Duration.ofHours(1));
        assertThat(ladder.steps()).isEqualTo("{REPEAT,PARENT}");
        assertThat(ladder.after()).isEqualTo("{86400000,172800000}");
        assertThat(ladder.before()).isEqualTo("{172800000,86400000}");
        assertThat(ladder.sinceNotice()).isEqualTo("{3600000,86400000,172800000}");
        assertThat(new EscalationPolicy(List.of(), Duration.ZERO).steps()).isEqualTo("{}");
    }

    @Test
    void takesNoStepTwice() {
        assertThatThrownBy(() -> new EscalationPolicy(List.of(REPEAT, PARENT, REPEAT), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lectern.escalation.steps");
    }

    @Test
    void goesForwardInTime() {
        assertThatThrownBy(() -> new Rung(EscalationLevel.REPEAT, Duration.ofHours(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EscalationPolicy(List.of(REPEAT), Duration.ofHours(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
