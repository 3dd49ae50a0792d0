package org.lectern.scheduler.schedule.search;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result of a search. */
@Schema(name = "FreeSlots")
record FreeSlotsView(
        @Schema(description = "Best first; each could be booked at the moment of the response")
        List<FreeSlotView> items,

        @Schema(description = "The duration of the lecture", examples = "90")
        long durationMinutes,

        @Schema(description = "The number of lecturers on the topic, of the requested tier if any", examples = "42")
        int lecturers,

        @Schema(description = "False while public holidays of the range are not announced yet")
        boolean calendarAnnounced) {}
