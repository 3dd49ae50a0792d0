package org.lectern.scheduler.schedule.travel;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody travels from or to: what is known of it by name (a venue, the branch it belongs to) and its
 * coordinates (WGS 84, decimal degrees); either may be missing.
 */
public record Location(
        @Nullable UUID venueId,
        @Nullable UUID branchId,
        @Nullable Double latitude,
        @Nullable Double longitude) {

    /** A point without a name, such as a lecturer's home. */
    public static @Nullable Location at(@Nullable Double latitude, @Nullable Double longitude) {
        return latitude == null || longitude == null ? null : new Location(null, null, latitude, longitude);
    }
}
