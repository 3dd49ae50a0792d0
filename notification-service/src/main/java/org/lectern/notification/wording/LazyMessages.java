package org.lectern.notification.wording;

import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.inject.build.compatible.spi.ParameterConfig;

/**
 * At build time, has each text be read when it is first used. The library reads those of all languages at every start, a twelfth
 * of what its main thread does then, though the build has checked them.
 */
public class LazyMessages implements BuildCompatibleExtension {

    /** What told it of a start; all else of the library finds a text by its name, read or not. */
    static final String READS_ALL = "preloadMessageTemplates";

    @Enhancement(types = MessageBundles.class)
    public void noLongerAtTheStart(MethodConfig method) {
        if (method.info().name().equals(READS_ALL)) {
            method.parameters().forEach(ParameterConfig::removeAllAnnotations);
        }
    }
}
