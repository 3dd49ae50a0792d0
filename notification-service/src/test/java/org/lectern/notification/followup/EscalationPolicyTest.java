package org.lectern.notification.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.notification.followup.EscalationPolicy.Rung;

class EscalationPolicyTest {

    private static final Rung AGAIN = new Rung(EscalationLevel.AGAIN, Duration.ofHours(24), Duration.ofHours(48));
    private static final Rung PARENT = new Rung(EscalationLevel.PARENT, Duration.ofHours(48), Duration.ofHours(24));

    @Test
    void isGivenToTheDatabaseInItsOrder() {
        var ladder = new EscalationPolicy(List.of(AGAIN, PARENT), Duration.ofHours(1));
        assertThat(ladder.steps()).isEqualTo("{AGAIN,PARENT}");
        assertThat(ladder.after()).isEqualTo("{86400000,172800000}");
        assertThat(ladder.before()).isEqualTo("{172800000,86400000}");
        assertThat(ladder.sinceNotice()).isEqualTo("{3600000,86400000,172800000}");
        assertThat(new EscalationPolicy(List.of(), Duration.ZERO).steps()).isEqualTo("{}");
    }

    @Test
    void takesNoStepTwice() {
        assertThatThrownBy(() -> new EscalationPolicy(List.of(AGAIN, PARENT, AGAIN), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lectern.escalation.steps");
    }

    @Test
    void goesForwardInTime() {
        assertThatThrownBy(() -> new Rung(EscalationLevel.AGAIN, Duration.ofHours(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EscalationPolicy(List.of(AGAIN), Duration.ofHours(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
