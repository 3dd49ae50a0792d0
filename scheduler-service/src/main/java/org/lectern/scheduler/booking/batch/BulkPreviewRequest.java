package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.RuleOverride;

/** Many bookings and the action for them. */
@Schema(name = "BulkPreviewRequest")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkPreviewRequest(
        @NotNull @Valid BulkSelection selection,

        @Schema(description = "The action for every booking without a choice of its own") @NotNull @Valid
        BulkAction action,

        @Schema(description = "Other actions for single bookings") @Size(max = 1000) @Nullable
        List<@NotNull @Valid BulkChoice> choices,

        @Schema(description = "Overrides the overridable rules for all bookings") @Valid @Nullable
        RuleOverride override) {

    /** Either the listed bookings, or all changeable bookings of a lecturer, a venue or a branch in a range. */
    @Schema(name = "BulkSelection")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BulkSelection(
            @Size(min = 1, max = 1000) @Nullable List<@NotNull UUID> bookingIds,
            @Nullable UUID lecturerId,
            @Nullable UUID venueId,

            @Schema(description = "Lectures it hosts or joins") @Nullable
            UUID branchId,

            @Schema(description = "Lectures that end after this; required without `bookingIds`") @Nullable
            OffsetDateTime from,

            @Schema(description = "Lectures that start before this; required without `bookingIds`") @Nullable
            OffsetDateTime to) {}
}
