package org.lectern.scheduler.venue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.place.Place;

/** A venue as its readers see it. */
@Schema(name = "Venue")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VenueView(
        UUID id,
        @Schema(examples = "1") int version,
        @Schema(examples = "V-014") String code,
        @Schema(examples = "青石村文化礼堂") String name,
        @Schema(examples = "branch-room") String kind,
        @Nullable UUID branchId,
        @Schema(examples = "120") @Nullable Integer capacity,
        @Nullable Place place,
        boolean archived) {}
