package org.lectern.scheduler.availability;

import org.jspecify.annotations.Nullable;

/** Coordinates (WGS 84, decimal degrees). */
record Spot(double latitude, double longitude) {

    static @Nullable Spot of(@Nullable Double latitude, @Nullable Double longitude) {
        return latitude == null || longitude == null ? null : new Spot(latitude, longitude);
    }
}
