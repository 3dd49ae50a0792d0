package org.lectern.notification.preference;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A branch's delivery preferences, in its zone. Pure functions of the time.
 *
 * @param quietFrom the start of quiet hours, which may span midnight; null for none
 * @param quietUntil the first minute after them
 * @param digestAt the time of the daily digest of notices that are not urgent; null for separate messages
 */
public record DeliveryPreferences(
        ZoneId zone,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietUntil,
        @Nullable LocalTime digestAt) {

    /** The end of the quiet hours that contain that moment; empty if there are none. */
    public Optional<Instant> quietUntil(Instant moment) {
        LocalTime from = quietFrom;
        LocalTime until = quietUntil;
        if (from == null || until == null) {
            return Optional.empty();
        }
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        LocalTime time = local.toLocalTime();
        boolean spansMidnight = until.isBefore(from);
        boolean quiet = spansMidnight
                ? !time.isBefore(from) || time.isBefore(until)
                : !time.isBefore(from) && time.isBefore(until);
        if (!quiet) {
            return Optional.empty();
        }
        LocalDate day =
                spansMidnight && !time.isBefore(from) ? local.toLocalDate().plusDays(1) : local.toLocalDate();
        ZonedDateTime end = day.atTime(until).atZone(zone);
        // when the clock repeats an hour, its first occurrence may already be over
        return Optional.of((end.toInstant().isAfter(moment) ? end : end.withLaterOffsetAtOverlap()).toInstant());
    }

    /** The first digest after that moment; one per day, also across clock changes. */
    public Optional<Instant> digestAfter(Instant moment) {
        LocalTime at = digestAt;
        if (at == null) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.ofInstant(moment, zone);
        Instant today = day.atTime(at).atZone(zone).toInstant();
        return Optional.of(
                today.isAfter(moment)
                        ? today
                        : day.plusDays(1).atTime(at).atZone(zone).toInstant());
    }
}
