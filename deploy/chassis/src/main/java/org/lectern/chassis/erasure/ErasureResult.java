package org.lectern.chassis.erasure;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where the texts were found. It never contains the texts. */
@Schema(name = "ErasureResult", description = "Where the texts were found; the texts are not repeated")
public record ErasureResult(
        @Schema(description = "Whether nothing was changed") boolean dryRun,

        @Schema(description = "Records that are ended because their address is one of the texts", examples = "1")
        int ended,

        @Schema(description = "Columns in which the texts are replaced by `[erased]`")
        List<Place> erased,

        @Schema(
                description = "Columns that cannot change, such as keys and append-only tables, and still contain a "
                        + "text. Empty unless a person typed it into a reason or the like")
        List<Place> kept) {

    /** Rows of a column. */
    @Schema(name = "ErasurePlace")
    public record Place(
            @Schema(examples = "delivery_attempt") String table,
            @Schema(examples = "answer") String column,
            @Schema(examples = "3") int rows) {}
}
