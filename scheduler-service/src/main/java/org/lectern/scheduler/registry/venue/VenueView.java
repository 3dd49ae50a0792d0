package org.lectern.scheduler.registry.venue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.OutdatedBookings;
import org.lectern.scheduler.registry.Place;

/** A venue as returned by the API. */
@Schema(name = "Venue")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VenueView(
        UUID id,
        @Schema(examples = "1") int version,
        @Schema(examples = "V-014") String code,
        @Schema(examples = "青石村文化礼堂") String name,
        @Schema(examples = "branch-room") String kind,

        @Schema(description = "Visible to a branch only for branches in its scope") @Nullable
        UUID branchId,

        @Schema(examples = "120") @Nullable Integer capacity,

        @Schema(description = "Hidden from a branch for venues of branches outside its scope") @Nullable
        Place place,

        boolean archived,
        @Nullable OutdatedBookings outdatedBookings,

        @Schema(description = "Only in the answer to a change: the upcoming bookings that no longer fit") @Nullable
        ConsequencesView consequences) {

    /** The same without branch and place, for readers outside the branch's scope. */
    VenueView withoutBranch() {
        return new VenueView(id, version, code, name, kind, null, capacity, null, archived, null, null);
    }

    /** The same with the bookings that a change outdated. */
    VenueView with(@Nullable OutdatedBookings outdated) {
        return new VenueView(
                id, version, code, name, kind, branchId, capacity, place, archived, outdated, consequences);
    }

    /** The same with the bookings that no longer fit. */
    VenueView with(ConsequencesView found) {
        return new VenueView(
                id, version, code, name, kind, branchId, capacity, place, archived, outdatedBookings, found);
    }
}
