package org.lectern.scheduler.schedule;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A daily period in local time. */
@Schema(name = "Window")
record WindowRequest(
        @Schema(examples = "08:30") @NotNull @Pattern(regexp = CLOCK, message = "{org.lectern.Clock.message}")
        String from,

        @Schema(description = "Exclusive; 24:00 is the end of the day", examples = "11:30")
        @NotNull
        @Pattern(regexp = CLOCK + "|24:00", message = "{org.lectern.Clock.message}")
        String until) {

    static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";

    static WindowRequest of(Span span) {
        return new WindowRequest(Span.clock(span.from()), Span.clock(span.until()));
    }
}
