package org.lectern.notification.followup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done when a branch does not say that it knows. A step is due when its time after the notice is over or the
 * lecture has come as near as it says, whichever is first, but never sooner than the patience after what was done before.
 */
@ConfigMapping(prefix = "lectern.escalation")
interface EscalationConfig {

    /** Whether this process escalates; any number of processes may. */
    @WithDefault("true")
    boolean enabled();

    /** The steps in their order; each is taken once per notice. */
    @WithDefault("again,parent,organizer")
    List<EscalationLevel> steps();

    @WithDefault("24h")
    Duration againAfter();

    @WithDefault("48h")
    Duration againBefore();

    @WithDefault("48h")
    Duration parentAfter();

    @WithDefault("24h")
    Duration parentBefore();

    @WithDefault("72h")
    Duration organizerAfter();

    @WithDefault("12h")
    Duration organizerBefore();

    /** How long a branch has at least after the notice, and after each step. */
    @WithDefault("1h")
    Duration patience();

    /** The code of the branch that stands for the organizers: its inbox and endpoints get what escalates to them. */
    Optional<String> organizerBranch();

    /** How often it is looked what is due. */
    @WithDefault("1m")
    Duration pollInterval();

    /** A round looks at what has come due within this time, and at all that is due as often. */
    @WithDefault("10m")
    Duration lookBack();

    /** How many notices are looked at in a round at most. */
    @WithDefault("500")
    int batchSize();
}
