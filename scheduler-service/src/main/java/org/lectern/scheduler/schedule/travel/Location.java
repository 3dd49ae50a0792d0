package org.lectern.scheduler.schedule.travel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The start or end of a journey: a known place (a venue and its branch) or coordinates (WGS 84, decimal degrees).
 * Either may be missing.
 */
public record Location(
        @Nullable UUID venueId,
        @Nullable UUID branchId,
        @Nullable Double latitude,
        @Nullable Double longitude) {

    /** Coordinates without a known place, such as a lecturer's home. */
    public static @Nullable Location at(@Nullable Double latitude, @Nullable Double longitude) {
        return latitude == null || longitude == null ? null : new Location(null, null, latitude, longitude);
    }
}
