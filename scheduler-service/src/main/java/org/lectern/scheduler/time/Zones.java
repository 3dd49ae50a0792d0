package org.lectern.scheduler.time;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The time zones Lectern accepts: places of the IANA database such as {@code Asia/Shanghai}, and {@code UTC}. */
public final class Zones {

    private Zones() {}

    /** The zone of that name, or nothing for abbreviations, fixed offsets and names nobody knows. */
    public static Optional<ZoneId> find(String name) {
        boolean place = name.contains("/") && !name.startsWith("Etc/") && !name.startsWith("SystemV/");
        return (place || name.equals("UTC")) && ZoneId.getAvailableZoneIds().contains(name)
                ? Optional.of(ZoneId.of(name))
                : Optional.empty();
    }

    /**
     * Whether a caller's time can be meant in that zone: in UTC, or with an offset the zone has at that wall-clock
     * time. It refuses times that a clock change skips, and offsets of some other place; where a clock change repeats
     * an hour, the offset says which one is meant.
     */
    public static boolean agree(OffsetDateTime time, ZoneId zone) {
        return time.getOffset().equals(ZoneOffset.UTC)
                || zone.getRules().getValidOffsets(time.toLocalDateTime()).contains(time.getOffset());
    }
}
