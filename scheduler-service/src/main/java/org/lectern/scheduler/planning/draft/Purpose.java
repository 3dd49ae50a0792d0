package org.lectern.scheduler.planning.draft;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a plan is for. */
@Schema(name = "PlanPurpose")
public enum Purpose {
    /** Books what the campaign still needs. */
    PLAN,
    /** Repairs bookings of the campaign after a lecturer, a venue or a day dropped out. */
    RESCUE,
    /** Shows what would be possible; cannot be published. */
    WHAT_IF
}
