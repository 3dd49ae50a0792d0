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

    /** The default zone. */
    @WithDefault("Asia/Shanghai")
    String defaultZone();

    /** The default language: {@code en} or {@code zh-CN}. */
    @WithDefault("zh-CN")
    String defaultLocale();
}
