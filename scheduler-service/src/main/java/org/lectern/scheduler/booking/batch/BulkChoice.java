package org.lectern.scheduler.booking.batch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What shall become of one booking, instead of what becomes of the others. */
@Schema(name = "BulkChoice")
public record BulkChoice(
        @NotNull UUID bookingId, @NotNull @Valid BulkAction action) {}
