package org.lectern.scheduler.registry.lecturer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** What an organisation decides about its lecturers. */
@ConfigMapping(prefix = "lectern.lecturer")
interface LecturerConfig {

    /** The tiers there are. */
    @WithDefault("national,provincial,municipal,county,grassroots")
    Set<String> tiers();
}
