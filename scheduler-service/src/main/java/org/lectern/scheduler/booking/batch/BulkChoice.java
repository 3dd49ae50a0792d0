package org.lectern.scheduler.booking.batch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The action for one booking, in place of the common action. */
@Schema(name = "BulkChoice")
public record BulkChoice(
        @NotNull UUID bookingId, @NotNull @Valid BulkAction action) {}
