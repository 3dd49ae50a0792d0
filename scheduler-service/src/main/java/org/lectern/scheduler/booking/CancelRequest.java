package org.lectern.scheduler.booking;

import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.validation.MaxLength;

/** Why a lecture will not take place. */
@Schema(name = "CancelRequest")
public record CancelRequest(
        @Schema(description = "Told to the branch: no contact data, please", examples = "台风预警")
        @NotBlank
        @MaxLength(500)
        String reason) {}
