package org.lectern.notification.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The map that notices to lecturers, and their pages, link to. */
@ConfigMapping(prefix = "lectern.map")
public interface MapConfig {

    /**
     * Its address, with {@code {place}} for the name and address of the venue. Events carry no coordinates, so the map
     * searches. Empty for no links.
     */
    @WithDefault("https://uri.amap.com/search?keyword={place}")
    Optional<String> address();
}
