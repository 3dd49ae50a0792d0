package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Information for the organizer about a lecture that was booked nevertheless. */
@Schema(name = "BookingWarning")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Warning(
        @Schema(examples = "campaign-repeat-visit") String code,

        @Schema(description = "The branch it is about, if it is about one") @Nullable
        UUID branchId,

        @Schema(examples = "青石村 gets another lecture on this topic while 41 branches have none")
        String detail) {}
