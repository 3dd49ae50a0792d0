package org.lectern.notification.doctor;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Objects;
import org.lectern.notification.time.Time;

/** Starts the service, or with {@code doctor} as its only argument looks at what the service needs and ends. */
@QuarkusMain
public final class Start {

    private Start() {}

    public static void main(String... arguments) throws IOException {
        if (arguments.length == 1 && arguments[0].equals("doctor")) {
            System.exit(new Doctor(settings(), Time.clock()).examine(System.out));
        }
        Quarkus.run(arguments);
    }

    /** What the service would be given, read without starting it. */
    private static SmallRyeConfig settings() throws IOException {
        var packaged = Objects.requireNonNull(Start.class.getClassLoader().getResource("application.properties"));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(packaged, 250))
                .withProfile(System.getenv().getOrDefault("QUARKUS_PROFILE", "prod"))
                .build();
    }
}
