package org.lectern.notification.followup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.LocalTime;

/** Settings of day sheets. */
@ConfigMapping(prefix = "lectern.day-sheet")
interface DaySheetConfig {

    /** Whether the rounds of reminders send day sheets too. */
    @WithDefault("true")
    boolean enabled();

    /** From when on a lecturer gets the sheet of the next day, in the lecturer's zone; until midnight. */
    @WithDefault("18:00")
    LocalTime at();
}
