package org.lectern.scheduler.acceptance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings for the answers of lecturers. */
@ConfigMapping(prefix = "lectern.answers")
interface AnswerConfig {

    /** Whether lecturers must accept their lectures. */
    @WithDefault("none")
    AnswerPolicy policy();

    /** Another policy for lecturers of a tier. */
    Map<String, AnswerPolicy> tiers();

    /** How long after the booking or its change a lecturer has time to answer. */
    @WithDefault("72H")
    Duration within();

    /** How long before the lecture the answer is due at the latest. */
    @WithDefault("24H")
    Duration beforeStart();

    /** How often silence is noticed. */
    @WithDefault("30s")
    Duration sweepInterval();
}
