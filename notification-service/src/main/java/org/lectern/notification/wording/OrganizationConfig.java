package org.lectern.notification.wording;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Locale;
import java.util.Optional;

/** The name of the organisation that books the lectures, as shown on pages and in mails. */
@ConfigMapping(prefix = "lectern.organization")
public interface OrganizationConfig {

    /** The name; also used in Chinese texts unless there is a Chinese name. */
    @WithDefault("Lectern")
    String name();

    /** The name in Chinese texts. */
    Optional<String> nameZhCn();

    /** The name for readers of that language. */
    default String name(Locale language) {
        return language.getLanguage().equals("zh") ? nameZhCn().orElse(name()) : name();
    }
}
