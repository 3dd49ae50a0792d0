package org.lectern.scheduler.planning.web;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.booking.NotifiedBranch.News;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.RuleViolation;

/** What publishing a plan would do. */
@Schema(name = "PlanOutlook")
public record OutlookView(
        @Schema(description = "Lectures that would be booked, or bookings that would change", examples = "312")
        int lectures,

        @Schema(description = "Branches that would be notified", examples = "298")
        int branches,

        @Schema(description = "At most 500 of them") List<Notified> notices,

        @Schema(description = "What booking would refuse now")
        List<Refusal> refusals) {

    /** A branch and what it would be notified of. */
    @Schema(name = "PlanNotice")
    public record Notified(BranchRef branch, News news) {}

    /** An item that would not be booked. */
    @Schema(name = "PlanItemRefusal")
    public record Refusal(@Schema(examples = "17") int number, RuleViolation refusal) {}
}
