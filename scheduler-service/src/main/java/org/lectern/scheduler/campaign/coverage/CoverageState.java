package org.lectern.scheduler.campaign.coverage;

/** How far it has come with one topic at one branch: the nearest to being held that its lectures amount to. */
public enum CoverageState {
    /** Nothing is booked, or too little. */
    NOT_PLANNED,
    /** The same, but the branch asks for it. */
    REQUESTED,
    /** As many lectures as are required are held or lie ahead. */
    BOOKED,
    /** Booked, and messages about as many as are needed have reached the branch, as it was last told of them. */
    TOLD,
    /** Booked, and the branch has confirmed as many as are needed in the versions it was last told of. */
    ACKNOWLEDGED,
    /** As many lectures as are required were held; nothing else counts as covered. */
    HELD,
    /** The time of a lecture has passed and nobody recorded that it was held; or the campaign is over. */
    MISSED,
    /** The branch need not be reached. */
    EXCLUDED
}
