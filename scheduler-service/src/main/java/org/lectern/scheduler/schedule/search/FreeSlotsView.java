package org.lectern.scheduler.schedule.search;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a search. */
@Schema(name = "FreeSlots")
record FreeSlotsView(
        @Schema(description = "Best first; each could be booked at the moment of the answer")
        List<FreeSlotView> items,

        @Schema(description = "How long the lecture would be", examples = "90")
        long durationMinutes,

        @Schema(
                description = "How many lecturers there are on the topic, of the tier if one was asked for",
                examples = "42")
        int lecturers,

        @Schema(description = "False while public holidays of the range are not announced yet")
        boolean calendarAnnounced) {}
