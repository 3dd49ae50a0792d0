package org.lectern.notification.time;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Time zones as others name them: an unknown name must not keep a notice from its branch. */
public final class Zones {

    /** Where the organisation is at home. */
    public static final ZoneId DEFAULT = ZoneId.of("Asia/Shanghai");

    private static final Logger LOG = Logger.getLogger(Zones.class);
    private static final int LONGEST = 60;

    private Zones() {}

    /** The zone of that name, or the default with a warning. */
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
