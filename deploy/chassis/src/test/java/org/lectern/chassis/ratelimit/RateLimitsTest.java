package org.lectern.chassis.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    @Test
    void rememberedCallers_areBounded() {
        RateLimitConfig config = new RateLimitConfig() {
            @Override
            public int requests() {
                return 1;
            }

            @Override
            public Duration window() {
                return Duration.ofHours(1);
            }

            @Override
            public Map<String, Integer> overrides() {
                return Map.of();
            }

            @Override
            public int maxConcurrent() {
                return 0;
            }

            @Override
            public int maxCallers() {
                return 3;
            }
        };
        var limits = new RateLimits(config, Clock.systemUTC());
        Quota quota = limits.of("anybody").orElseThrow();
        assertThat(limits.ask("first", quota).allowed()).isTrue();
        assertThat(limits.ask("first", quota).allowed()).isFalse();

        for (int i = 0; i < 3; i++) {
            limits.ask("other" + i, quota);
        }

        assertThat(limits.ask("first", quota).allowed()).isTrue();
    }
}
