package org.lectern.scheduler.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;

/** One change of a lecturer's availability. It is made to the availability of the moment, whatever else changed. */
@Schema(name = "AvailabilityChange", description = "Exactly one member")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AvailabilityChange(
        @Schema(description = "A time in which the lecturer is not available, in addition to those there are")
        @Valid
        @Nullable
        BlackoutRequest blackout,

        @Schema(description = "The windows of one date; they replace those that the date has") @Valid @Nullable
        DateWindows date,

        @Schema(description = "All windows of the week; empty: the usual hours") @Size(max = 100) @Nullable
        List<@NotNull @Valid WeeklyWindowRequest> weekly,

        @Schema(description = "The times of a blackout that ends") @Valid @Nullable
        BlackoutRequest removeBlackout,

        @Schema(description = "A date that has its usual windows again", examples = "2026-12-31") @Nullable
        LocalDate removeDate) {

    /** As many as an organizer can send. */
    private static final int MOST = 200;

    void check(AvailabilityView now, ZoneId zone, Instant at, Windows windows) {
        List<Violation> violations = windows.violations();
        if (Stream.of(blackout, date, weekly, removeBlackout, removeDate)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            violations.add(new Violation("", "availability-change.one"));
            return;
        }
        LocalDate today = at.atZone(zone).toLocalDate();
        if (blackout != null) {
            OffsetDateTime until = blackout.until();
            LocalDate last = blackout.lastDay();
            if (until != null && !until.toInstant().isAfter(at)) {
                violations.add(new Violation("/blackout/until", "availability-change.past"));
            } else if (last != null && last.isBefore(today)) {
                violations.add(new Violation("/blackout/lastDay", "availability-change.past"));
            }
        }
        if (date != null
                && windows.within(date.date(), "/date/date")
                && date.date().isBefore(today)) {
            violations.add(new Violation("/date/date", "availability-change.past"));
        }
        if (removeBlackout != null && now.blackouts().stream().noneMatch(each -> sameTime(each, removeBlackout))) {
            violations.add(new Violation("/removeBlackout", "availability-change.unknown"));
        }
        if (removeDate != null
                && now.exceptions().stream().noneMatch(each -> each.date().equals(removeDate))) {
            violations.add(new Violation("/removeDate", "availability-change.unknown"));
        }
    }

    /** What is there already, or is gone already, is no reason to refuse. */
    AvailabilityRequest appliedTo(AvailabilityView now) {
        List<DateWindows> exceptions = new ArrayList<>(now.exceptions());
        LocalDate on = date == null ? removeDate : date.date();
        exceptions.removeIf(each -> each.date().equals(on));
        if (date != null) {
            exceptions.add(date);
            exceptions.sort(Comparator.comparing(DateWindows::date));
        }
        List<BlackoutRequest> blackouts = new ArrayList<>(now.blackouts());
        BlackoutRequest about = blackout == null ? removeBlackout : blackout;
        blackouts.removeIf(each -> about != null && sameTime(each, about));
        if (blackout != null) {
            blackouts.add(blackout);
        }
        if (exceptions.size() > MOST || blackouts.size() > MOST) {
            throw new InvalidRequest("", "availability-change.most", MOST);
        }
        return new AvailabilityRequest(
                now.zone(), weekly == null ? now.weekly() : weekly, exceptions, blackouts, now.limits());
    }

    private static boolean sameTime(BlackoutRequest one, BlackoutRequest other) {
        return Objects.equals(instant(one.from()), instant(other.from()))
                && Objects.equals(instant(one.until()), instant(other.until()))
                && Objects.equals(one.firstDay(), other.firstDay())
                && Objects.equals(one.lastDay(), other.lastDay());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** As auditors and the audit see it: without the reasons of absences, which may be personal. */
    @JsonIgnore
    public AvailabilityChange withoutReasons() {
        return new AvailabilityChange(
                blackout == null ? null : blackout.withoutReason(),
                date == null ? null : new DateWindows(date.date(), date.windows(), null),
                weekly,
                removeBlackout == null ? null : removeBlackout.withoutReason(),
                removeDate);
    }
}
