package org.lectern.scheduler.registry.venue;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.registry.Place;
import org.lectern.scheduler.validation.Code;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** A venue as sent by an organizer. */
@Schema(name = "VenueRequest")
record VenueRequest(
        @Schema(examples = "V-014") @NotNull @Code String code,

        @Schema(examples = "青石村文化礼堂") @NotBlank @SingleLine @MaxLength(200)
        String name,

        @Schema(
                description = "branch-room or lecture-hall",
                enumeration = {"branch-room", "lecture-hall"},
                examples = "branch-room")
        @NotBlank
        String kind,

        @Schema(description = "The owner of the room; a lecture hall may have none") @Nullable
        UUID branchId,

        @Schema(examples = "120") @Min(1) @Max(100_000) @Nullable
        Integer capacity,

        @Valid @Nullable Place place,

        @Schema(description = "In a change: false restores what is archived; by default it stays as it is") @Nullable
        Boolean archived) {}
