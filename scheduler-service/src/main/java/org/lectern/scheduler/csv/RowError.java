package org.lectern.scheduler.csv;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error in one cell. */
@Schema(name = "RowError")
public record RowError(
        @Schema(description = "The line of the file; the header is line 1", examples = "12")
        long line,

        @Schema(description = "The column; empty when the whole row is meant", examples = "durationMinutes")
        String column,

        @Schema(examples = "must be a whole number") String detail,

        @Schema(description = "The conflicting line of the same file", examples = "7")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Long otherLine,

        @Schema(description = "The conflicting booking") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        UUID bookingId) {

    RowError(long line, String column, String detail) {
        this(line, column, detail, null, null);
    }
}
