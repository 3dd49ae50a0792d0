package org.lectern.chassis.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.ratelimit.Quota.Decision;

/** So many at once, then evenly. */
class QuotaTest {

    private static final Quota QUOTA = new Quota(60, Duration.ofMinutes(1));
    private static final long SECOND = 1_000_000;

    @Test
    void burst_isLimitedToTheQuota() {
        long paid = 0;
        for (int i = 59; i >= 0; i--) {
            Decision decision = QUOTA.ask(paid, 0);
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.remaining()).isEqualTo(i);
            paid = decision.paidUntil();
        }

        Decision refused = QUOTA.ask(paid, 0);

        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(1);
        assertThat(refused.paidUntil()).isEqualTo(paid);
    }

    @Test
    void callerAfterRetryAfter_isAllowed() {
        long full = 60 * SECOND;

        assertThat(QUOTA.ask(full, SECOND - 1).allowed()).isFalse();
        assertThat(QUOTA.ask(full, SECOND).allowed()).isTrue();
        assertThat(QUOTA.ask(full, SECOND).remaining()).isZero();
    }

    @Test
    void evenRate_isNeverRefused() {
        long paid = 0;
        for (long now = 0; now < 3600 * SECOND; now += SECOND) {
            Decision decision = QUOTA.ask(paid, now);
            assertThat(decision.allowed()).isTrue();
            paid = decision.paidUntil();
        }
    }

    @Test
    void unusedQuota_doesNotAccumulate() {
        Decision first = QUOTA.ask(0, 7200 * SECOND);

        assertThat(first.remaining()).isEqualTo(59);
        assertThat(first.whole()).isEqualTo(1);
    }

    @Test
    void clockThatWasSetBack_refusesForOneWindowAtMost() {
        long paidBefore = 7200 * SECOND + 60 * SECOND;

        Decision refused = QUOTA.ask(paidBefore, 3600 * SECOND);

        assertThat(refused.retryAfter()).isEqualTo(1);
        assertThat(QUOTA.ask(refused.paidUntil(), 3601 * SECOND).allowed()).isTrue();
    }
}
