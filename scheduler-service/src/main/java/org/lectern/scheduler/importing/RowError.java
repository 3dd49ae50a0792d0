package org.lectern.scheduler.importing;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is wrong in one cell. */
@Schema(name = "RowError")
public record RowError(
        @Schema(description = "The line of the file, as a person counts it: the header is line 1", examples = "12")
        long line,

        @Schema(description = "The column; empty when the whole row is meant", examples = "durationMinutes")
        String column,

        @Schema(examples = "must be a whole number") String detail) {}
