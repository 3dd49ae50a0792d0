package org.lectern.notification.followup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of escalation when a branch does not acknowledge. A step is due after its time since the notice or its time
 * before the lecture, whichever is first. It is never due sooner than the patience after the previous step.
 */
@ConfigMapping(prefix = "lectern.escalation")
interface EscalationConfig {

    /** Whether this process escalates; any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** The steps in order; each is taken once per notice. */
    @WithDefault("repeat,parent,organizer")
    List<EscalationLevel> steps();

    @WithDefault("24h")
    Duration repeatAfter();

    @WithDefault("48h")
    Duration repeatBefore();

    @WithDefault("48h")
    Duration parentAfter();

    @WithDefault("24h")
    Duration parentBefore();

    @WithDefault("72h")
    Duration organizerAfter();

    @WithDefault("12h")
    Duration organizerBefore();

    /** The shortest time for an answer after the notice and after each step. */
    @WithDefault("1h")
    Duration minResponseTime();

    /** The code of the branch that represents the organizers. Its inbox and endpoints receive escalations to them. */
    Optional<String> organizerBranch();

    /** The interval between rounds. */
    @WithDefault("1m")
    Duration pollInterval();

    /** The span before now that a regular round searches. At the same interval, a round searches everything. */
    @WithDefault("10m")
    Duration lookBack();

    /** The largest number of notices per round. */
    @WithDefault("500")
    int batchSize();
}
