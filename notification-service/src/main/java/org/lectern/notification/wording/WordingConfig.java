package org.lectern.notification.wording;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of an organisation's texts. */
@ConfigMapping(prefix = "lectern.wording")
interface WordingConfig {

    /** A folder as {@link MessageOverrides} describes it; without it the default texts are used. */
    Optional<Path> folder();
}
