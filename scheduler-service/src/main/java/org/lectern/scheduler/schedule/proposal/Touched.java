package org.lectern.scheduler.schedule.proposal;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.consequence.ConsequencesView.Affected;

/** The upcoming bookings that a change of availability leaves without a rule they kept before. */
@Schema(name = "TouchedBookings")
record Touched(
        @Schema(description = "How many; a lecturer does not see each of them, such as holds", examples = "2")
        int count,

        @Schema(description = "The first 200 by start, within the scope of the caller")
        List<Affected> bookings) {}
