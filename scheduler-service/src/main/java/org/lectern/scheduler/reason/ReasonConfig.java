package org.lectern.scheduler.reason;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** The reasons that an organization counts. */
@ConfigMapping(prefix = "lectern.reasons")
public interface ReasonConfig {

    /** The codes, in the order in which people choose. */
    @WithDefault("weather,lecturer-ill,venue-unavailable,branch-request,organizational,other")
    List<String> codes();
}
