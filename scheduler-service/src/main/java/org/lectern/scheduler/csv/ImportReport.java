package org.lectern.scheduler.csv;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result, or the preview, of an import. */
@Schema(name = "ImportReport")
public record ImportReport(
        @Schema(description = "Whether this is a dry run: nothing was stored")
        boolean dryRun,

        @Schema(description = "The number of rows in the file, without the header", examples = "120")
        int rows,

        @Schema(examples = "100") int created,
        @Schema(examples = "5") int updated,
        @Schema(examples = "15") int unchanged,

        @Schema(description = "The number of errors; only the first are listed", examples = "0")
        int errorCount,

        @Schema(description = "Only in a dry run; a real import with errors is refused as a whole")
        List<RowError> errors) {}
