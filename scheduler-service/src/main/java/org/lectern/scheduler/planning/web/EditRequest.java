package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Changes of a plan by hand, made in order; all or none. */
@Schema(name = "PlanEditRequest")
record EditRequest(@NotEmpty @Size(max = 200) List<@NotNull @Valid Change> changes) {

    /** A change of one item. */
    @Schema(name = "PlanEdit")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            @Schema(description = "The item", examples = "17") @Min(0)
            int number,

            @NotNull Action action,

            @Schema(description = "MOVE: by default the present one") @Nullable
            UUID lecturerId,

            @Schema(description = "MOVE: by default any of the branch's venues that is free") @Nullable
            UUID venueId,

            @Schema(
                    description = "MOVE: by default the present one; of an item that is left out, the cheapest",
                    examples = "2026-12-11T14:00:00+08:00")
            @Nullable
            OffsetDateTime start) {}

    /** What to do with an item. */
    @Schema(name = "PlanEditAction")
    enum Action {
        /** Another lecturer, venue or time; the item is pinned. Also places an item that is left out. */
        MOVE,
        /** A new search leaves it where it is, guests included. */
        PIN,
        UNPIN,
        /** Leaves it out; a new search may place it. */
        REMOVE,
        /** Leaves it out for good. */
        EXCLUDE,
        INCLUDE
    }
}
