package org.lectern.scheduler.schedule.travel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The known travel time between two places, in either direction. */
@Schema(name = "TravelTime")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TravelTimeView(
        PlaceRef place,
        PlaceRef otherPlace,
        @Schema(examples = "55") int minutes,

        @Schema(
                description = "Entered by a person, or supplied by the provider of travel times; a person's "
                        + "value takes precedence")
        Source source,

        @Schema(examples = "需绕行大桥") @Nullable String note,

        @Schema(description = "Rises by one with every change; the ETag", examples = "1")
        int version,

        Instant updatedAt,
        String updatedBy) {

    /** The source of the value. */
    @Schema(name = "TravelTimeSource")
    enum Source {
        MANUAL,
        PROVIDER
    }

    /** A venue, or a branch that stands for all its rooms. */
    @Schema(name = "PlaceRef")
    record PlaceRef(
            UUID id,

            @Schema(enumeration = {"venue", "branch"}) String kind,

            @Schema(examples = "V-014") String code,
            @Schema(examples = "青石村文化礼堂") String name) {}
}
