package org.lectern.scheduler.csv;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.consequence.ConsequencesView;
import org.lectern.scheduler.consequence.OutdatedBookings;

/** The result, or the preview, of an import. */
@Schema(name = "ImportReport")
@JsonInclude(JsonInclude.Include.NON_NULL)
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
        List<RowError> errors,

        @Schema(description = "The outcome of every row: consecutive rows with the same outcome are one entry")
        List<RowOutcomes> outcomes,

        @Schema(description = "The same as after single changes, for all changed entries together") @Nullable
        OutdatedBookings outdatedBookings,

        @Schema(description = "The upcoming bookings that no longer fit; absent when no entry changes") @Nullable
        ConsequencesView consequences) {

    /** The same with what the import means for bookings. */
    public ImportReport with(@Nullable ConsequencesView found, @Nullable OutdatedBookings outdated) {
        return new ImportReport(
                dryRun, rows, created, updated, unchanged, errorCount, errors, outcomes, outdated, found);
    }
}
