package org.lectern.scheduler.planning.draft;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the planner. */
@ConfigMapping(prefix = "lectern.planning")
public interface PlanningConfig {

    /** Whether this process searches and publishes plans; others only answer requests about them. */
    @WithDefault("true")
    boolean worker();

    /** How long a search runs if the request does not say so. */
    @WithDefault("60S")
    Duration usualSearch();

    /** The longest search. */
    @WithDefault("10M")
    Duration longestSearch();

    /** No planned lecture starts sooner than this after the plan is made. */
    @WithDefault("2H")
    Duration lead();

    /** How often a worker looks for work. */
    @WithDefault("1S")
    Duration pollInterval();

    /** How long a worker may be silent before another one takes its job. */
    @WithDefault("30S")
    Duration lease();

    /** How often a search is stored, so that another worker can continue it. */
    @WithDefault("10S")
    Duration checkpointInterval();

    /** How often a job is tried when its worker dies or fails. */
    @WithDefault("5")
    int mostAttempts();

    /** How long the slots of a plan that is being published are held. */
    @WithDefault("1H")
    Duration hold();

    /** The most lectures that one transaction holds or confirms; fewer if they take longer than a fifth of a second. */
    @WithDefault("20")
    int chunk();

    /** The most lectures of a plan. */
    @WithDefault("20000")
    int mostItems();

    /** How long plans that were not published are kept. */
    @WithDefault("180D")
    Duration retention();
}
