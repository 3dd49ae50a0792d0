package org.lectern.chassis.startup;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Objects;

/** Reads the settings of a service without starting it. */
public final class PackagedSettings {

    private PackagedSettings() {}

    /**
     * Reads {@code application.properties} next to a class; environment variables take precedence.
     *
     * @throws IOException if the file cannot be read
     */
    public static SmallRyeConfig beside(Class<?> type) throws IOException {
        var packaged = Objects.requireNonNull(type.getClassLoader().getResource("application.properties"));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(packaged, 250))
                .withProfile(System.getenv().getOrDefault("QUARKUS_PROFILE", "prod"))
                .build();
    }
}
