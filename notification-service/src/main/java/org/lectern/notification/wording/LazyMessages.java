package org.lectern.notification.wording;

import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.inject.build.compatible.spi.ParameterConfig;

/**
 * At build time, defers the reading of each text to its first use. Otherwise the library reads the texts of all
 * languages at every start, a twelfth of the main thread's start time. The build has already checked them.
 */
public class LazyMessages implements BuildCompatibleExtension {

    /** The library's startup observer. Everything else in the library finds a text by its name, preloaded or not. */
    static final String READS_ALL = "preloadMessageTemplates";

    @Enhancement(types = MessageBundles.class)
    public void noLongerAtTheStart(MethodConfig method) {
        if (method.info().name().equals(READS_ALL)) {
            method.parameters().forEach(ParameterConfig::removeAllAnnotations);
        }
    }
}
