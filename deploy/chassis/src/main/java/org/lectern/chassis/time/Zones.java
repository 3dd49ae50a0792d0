package org.lectern.chassis.time;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The time zones Lectern accepts: IANA locations such as {@code Asia/Shanghai}, and {@code UTC}. */
public final class Zones {

    /** The organization's home zone. */
    public static final ZoneId DEFAULT = ZoneId.of("Asia/Shanghai");

    private static final Logger LOG = Logger.getLogger(Zones.class);
    private static final int LONGEST = 60;

    private Zones() {}

    /** The zone of that name; empty for abbreviations, fixed offsets and unknown names. */
    public static Optional<ZoneId> find(String name) {
        boolean place = name.contains("/") && !name.startsWith("Etc/") && !name.startsWith("SystemV/");
        return (place || name.equals("UTC")) && ZoneId.getAvailableZoneIds().contains(name)
                ? Optional.of(ZoneId.of(name))
                : Optional.empty();
    }

    /**
     * Whether a caller's time is valid in that zone: in UTC, or with an offset that the zone has at that wall-clock
     * time. Times skipped by a clock change and foreign offsets are invalid. When a clock change repeats an hour, the
     * offset selects one.
     */
    public static boolean agree(OffsetDateTime time, ZoneId zone) {
        return time.getOffset().equals(ZoneOffset.UTC)
                || zone.getRules().getValidOffsets(time.toLocalDateTime()).contains(time.getOffset());
    }

    /** The zone that another system names; the default, with a warning, if the name is unknown. */
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
