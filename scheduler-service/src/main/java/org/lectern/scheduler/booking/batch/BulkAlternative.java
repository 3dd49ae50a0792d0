package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Alternative;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.schedule.search.FreeSlotView;

/** A lecture that could take place instead of an impossible one. */
@Schema(name = "BulkAlternative")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkAlternative(
        @JsonUnwrapped FreeSlotView slot,

        @Schema(description = "The action of a choice that changes the booking to it") @Nullable
        BulkAction action) {

    static BulkAlternative of(Alternative alternative) {
        return new BulkAlternative(
                alternative.slot(),
                alternative.request() instanceof Rearrange change ? BulkAction.Change.of(change) : null);
    }
}
