package org.lectern.scheduler.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.validation.MaxLength;
import org.lectern.scheduler.validation.SingleLine;

/** An address, coordinates (WGS 84, decimal degrees), or both; coordinates only as a pair. */
@Schema(name = "Place")
@Embeddable
@CoordinatePair
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Place(
        @Schema(examples = "青石村8号") @SingleLine @MaxLength(300) @Nullable
        String address,

        @Schema(examples = "30.2741") @DecimalMin("-90") @DecimalMax("90") @Nullable
        Double latitude,

        @Schema(examples = "120.1551") @DecimalMin("-180") @DecimalMax("180") @Nullable
        Double longitude) {

    /** A place without any value is null. */
    public static @Nullable Place orNull(@Nullable Place place) {
        return place == null || (place.address == null && place.latitude == null && place.longitude == null)
                ? null
                : place;
    }

    /** The place, or an empty one for null. */
    public static Place orEmpty(@Nullable Place place) {
        return place == null ? new Place(null, null, null) : place;
    }
}
