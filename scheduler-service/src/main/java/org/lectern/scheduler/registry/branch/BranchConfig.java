package org.lectern.scheduler.registry.branch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Set;

/** What an organisation decides about its branches. */
@ConfigMapping(prefix = "lectern.branch")
interface BranchConfig {

    /** The kinds there are. */
    @WithDefault("city,county,township,village,community,enterprise,college,agency,hall,grid")
    Set<String> kinds();

    /** The zone of a branch that names none. */
    @WithDefault("Asia/Shanghai")
    String defaultZone();

    /** The language of a branch that names none: {@code en} or {@code zh-CN}. */
    @WithDefault("zh-CN")
    String defaultLocale();
}
