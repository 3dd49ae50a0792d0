package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.TopicRef;

/** Two plans side by side. */
@Schema(name = "PlanComparison")
public record ComparisonView(
        @Schema(description = "The two plans") List<PlanView> plans,
        List<Component> components,
        Counts counts,

        @Schema(description = "At most 500 items that differ")
        List<Differing> items) {

    /** A component of the cost in both plans. */
    @Schema(name = "PlanComparedComponent")
    public record Component(
            @Schema(examples = "travel") String component,

            @Schema(description = "Of the one and of the other")
            List<Double> minutes,

            @Schema(description = "The other minus the one", examples = "141")
            double difference) {}

    /** Items by how they differ; one that differs in several ways counts once, in this order. */
    @Schema(name = "PlanComparedCounts")
    public record Counts(int same, int lost, int gained, int otherTime, int otherLecturer, int otherVenue) {}

    /** How an item differs. */
    @Schema(name = "PlanItemDifference")
    public enum Kind {
        SAME,
        LOST,
        GAINED,
        OTHER_TIME,
        OTHER_LECTURER,
        OTHER_VENUE
    }

    /** An item that differs. */
    @Schema(name = "PlanComparedItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Differing(
            BranchRef branch,
            TopicRef topic,
            int occurrence,
            Kind change,
            @Nullable PlanItemView one,
            @Nullable PlanItemView other) {}
}
