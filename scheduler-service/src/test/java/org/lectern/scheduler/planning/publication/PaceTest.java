package org.lectern.scheduler.planning.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Transactions of a publication stay short on any machine. */
class PaceTest {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void fastMachine_takesMoreUpToTheMost() {
        Pace pace = new Pace(20);
        assertThat(pace.next()).isEqualTo(4);
        pace.took(4, 20 * MILLISECOND);
        assertThat(pace.next()).isEqualTo(8);
        pace.took(8, 40 * MILLISECOND);
        pace.took(16, 80 * MILLISECOND);
        assertThat(pace.next()).isEqualTo(20);
    }

    @Test
    void slowTransaction_isFollowedByASmallerOne() {
        Pace pace = new Pace(20);
        pace.took(4, 2_000 * MILLISECOND);
        assertThat(pace.next()).isEqualTo(1);
        pace.took(1, 50 * MILLISECOND);
        assertThat(pace.next()).isEqualTo(2);
    }

    @Test
    void smallMost_isKept() {
        Pace pace = new Pace(2);
        assertThat(pace.next()).isEqualTo(2);
        pace.took(2, MILLISECOND);
        assertThat(pace.next()).isEqualTo(2);
    }
}
