package org.lectern.scheduler.registry;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Zones;

/** Rules for the zone and the language of the notices of a branch or lecturer, from JSON or CSV. */
public final class Notified {

    private static final Set<String> LOCALES = Set.of("en", "zh-CN");

    private Notified() {}

    /** Receives violations. */
    public interface Broken {
        void tell(String member, String key, String argument);
    }

    /** Reports every violation, with the message key and its argument. */
    public static void check(@Nullable String zone, @Nullable String locale, Broken broken) {
        if (zone != null && Zones.find(zone).isEmpty()) {
            broken.tell("zone", "zone.unknown", "");
        }
        if (locale != null && !LOCALES.contains(locale)) {
            broken.tell("locale", "one-of", "en, zh-CN");
        }
    }
}
