package org.lectern.scheduler.registry.lecturer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** Settings for lecturers. */
@ConfigMapping(prefix = "lectern.lecturer")
interface LecturerConfig {

    /** The available tiers. */
    @WithDefault("national,provincial,municipal,county,grassroots")
    Set<String> tiers();
}
