package org.lectern.chassis.time;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The time zones Lectern accepts: places of the IANA database such as {@code Asia/Shanghai}, and {@code UTC}. */
public final class Zones {

    /** Where the organisation is at home. */
    public static final ZoneId DEFAULT = ZoneId.of("Asia/Shanghai");

    private static final Logger LOG = Logger.getLogger(Zones.class);
    private static final int LONGEST = 60;

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

    /** The zone another system names; the default, with a warning, where the name is not known. */
    public static ZoneId of(@Nullable String name) {
        if (name != null && !name.isBlank() && name.length() <= LONGEST) {
            try {
                return ZoneId.of(name.strip());
            } catch (DateTimeException e) {
                // answered below
            }
        }
        LOG.warnf("Time zone %s is not known here, %s is used", shown(name), DEFAULT);
        return DEFAULT;
    }

    private static String shown(@Nullable String name) {
        return name == null
                ? "(none)"
                : name.replaceAll("[^A-Za-z0-9/_+:-]", "?").substring(0, Math.min(name.length(), LONGEST));
    }
}
