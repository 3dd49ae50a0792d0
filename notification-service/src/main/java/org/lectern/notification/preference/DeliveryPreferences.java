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
 * When a branch wants to be told, by the clocks of its zone. A pure function of the moment.
 *
 * @param quietFrom begins its quiet hours, which may span midnight; nothing when it has none
 * @param quietUntil the first minute after them
 * @param digestAt when it wants what is not urgent, all at once; nothing when it wants each message by itself
 */
public record DeliveryPreferences(
        ZoneId zone,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietUntil,
        @Nullable LocalTime digestAt) {

    /** When the quiet hours end within which that moment lies; nothing when it lies in none. */
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
        // in the hour that comes twice the first end may be over already
        return Optional.of((end.toInstant().isAfter(moment) ? end : end.withLaterOffsetAtOverlap()).toInstant());
    }

    /** The first digest after that moment; one a day, whatever the clocks do. */
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
