package org.lectern.scheduler.booking;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Information for the organizer about a lecture that was booked nevertheless. */
@Schema(name = "BookingWarning")
public record Warning(
        @Schema(examples = "campaign-repeat-visit") String code,

        @Schema(description = "The branch") UUID branchId,

        @Schema(examples = "青石村 gets another lecture on this topic while 41 branches have none")
        String detail) {}
