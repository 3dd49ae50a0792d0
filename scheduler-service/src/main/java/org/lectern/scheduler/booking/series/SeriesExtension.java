package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.booking.series.SeriesRequest.OnConflict;

/** Dates to add to a series, in one of four ways. */
@Schema(name = "SeriesExtension")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SeriesExtension(
        @Schema(description = "These dates", examples = "[\"2027-01-12\"]") @Size(min = 1, max = 1000) @Nullable
        List<LocalDate> dates,

        @Schema(description = "`true`: the dates of the series that were left out (`missing`)") @Nullable
        Boolean missing,

        @Schema(description = "So many further dates, by the series' weekly rule", examples = "4")
        @Min(1)
        @Max(1000)
        @Nullable
        Integer count,

        @Schema(description = "Further dates up to this one, by the series' weekly rule", examples = "2027-03-31")
        @Nullable
        LocalDate until,

        @Schema(description = "What to do when some dates conflict or break rules: refuse (default), or add the others")
        @Nullable
        OnConflict onConflict,

        @Schema(description = "Overrides the rules that can be overridden, for all of these dates") @Valid @Nullable
        RuleOverride override) {

    OnConflict whenConflicting() {
        return onConflict == null ? OnConflict.REFUSE : onConflict;
    }

    boolean addsMissing() {
        return Boolean.TRUE.equals(missing);
    }

    void demandOneWay() {
        long ways = Stream.of(dates != null, addsMissing(), count != null, until != null)
                .filter(way -> way)
                .count();
        if (ways != 1) {
            throw new InvalidRequest("", "series.one-way");
        }
    }
}
