package org.lectern.scheduler.booking;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.lectern.chassis.problem.Violation;

/** Local times that a clock change skips or repeats. A skipped one does not exist; a repeated one needs its offset. */
public final class LocalTimes {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx");

    private LocalTimes() {}

    /** What is wrong with a local time without an offset: it is skipped or repeated. The pointer is empty. */
    public static Optional<Violation> violation(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change == null || change.isGap()) {
            return skipped(local, zone);
        }
        return Optional.of(new Violation(
                "",
                "time.repeated",
                zone.getId(),
                text(local.atOffset(change.getOffsetBefore())),
                text(local.atOffset(change.getOffsetAfter()))));
    }

    /** The violation if a clock change skips the local time; it names the nearest times that exist. */
    static Optional<Violation> skipped(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change == null || !change.isGap()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "",
                        "time.skipped",
                        zone.getId(),
                        text(change.getDateTimeBefore().minusMinutes(1).atOffset(change.getOffsetBefore())),
                        text(change.getDateTimeAfter().atOffset(change.getOffsetAfter()))));
    }

    /**
     * The local time in the zone of another time; of a repeated one the first. A skipped local time is not moved: it
     * keeps an offset that is refused, because the caller did not ask for another hour.
     */
    public static OffsetDateTime like(ZonedDateTime time, LocalDateTime local) {
        ZoneOffsetTransition change = time.getZone().getRules().getTransition(local);
        return change != null && change.isGap()
                ? local.atOffset(change.getOffsetBefore())
                : ZonedDateTime.ofLocal(local, time.getZone(), null).toOffsetDateTime();
    }

    private static String text(OffsetDateTime time) {
        return MINUTE.format(time);
    }
}
