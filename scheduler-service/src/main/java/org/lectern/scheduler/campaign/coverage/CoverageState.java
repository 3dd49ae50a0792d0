package org.lectern.scheduler.campaign.coverage;

/** Coverage of one topic at one branch: the most advanced state that its lectures reach. */
public enum CoverageState {
    /** Fewer lectures are booked than required. */
    NOT_PLANNED,
    /** Not planned, but the branch has requested the topic. */
    REQUESTED,
    /** The required number of lectures is held or booked. */
    BOOKED,
    /** Booked, and enough notices in their latest version were delivered to the branch. */
    NOTIFIED,
    /** Booked, and the branch has acknowledged enough notices in their latest version. */
    ACKNOWLEDGED,
    /** The required number of lectures was held; only this state counts as covered. */
    HELD,
    /** A lecture's time passed without a record that it was held, or the campaign is over. */
    MISSED,
    /** The branch is exempt. */
    EXCLUDED
}
