package org.lectern.scheduler.csv;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The result, or the preview, of an import. */
@Schema(name = "ImportReport")
public record ImportReport(
        @Schema(description = "Whether nothing was stored on purpose")
        boolean dryRun,

        @Schema(description = "Rows in the file, the header not counted", examples = "120")
        int rows,

        @Schema(examples = "100") int created,
        @Schema(examples = "5") int updated,
        @Schema(examples = "15") int unchanged,

        @Schema(description = "How many errors there are; not all of many are listed", examples = "0")
        int errorCount,

        @Schema(description = "Only in a dry run: a real one with errors is refused as a whole")
        List<RowError> errors) {}
