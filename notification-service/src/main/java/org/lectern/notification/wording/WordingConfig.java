package org.lectern.notification.wording;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where an organisation keeps its own words. */
@ConfigMapping(prefix = "lectern.wording")
interface WordingConfig {

    /** A folder as {@link MessageOverrides} describes it; without it our own words are used. */
    Optional<Path> folder();
}
