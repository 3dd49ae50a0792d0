package org.lectern.scheduler.registry.branch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** Settings for branches. */
@ConfigMapping(prefix = "lectern.branch")
interface BranchConfig {

    /** The available kinds. */
    @WithDefault("city,county,township,village,community,enterprise,college,agency,hall,grid")
    Set<String> kinds();

    /** The default zone. */
    @WithDefault("Asia/Shanghai")
    String defaultZone();

    /** The default language: {@code en} or {@code zh-CN}. */
    @WithDefault("zh-CN")
    String defaultLocale();
}
