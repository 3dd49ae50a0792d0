package org.lectern.scheduler.booking;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The booking rules of an organisation, read as the service reads them, but without starting it. */
final class BookingSettings {

    private BookingSettings() {}

    /** The defaults. */
    static BookingConfig defaults() {
        return of(Map.of());
    }

    /** The defaults, apart from these properties; their names lack the prefix {@code lectern.booking}. */
    static BookingConfig of(Map<String, String> properties) {
        var builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(BookingConfig.class);
        properties.forEach((name, value) ->
                builder.withSources(new PropertiesConfigSource(Map.of("lectern.booking." + name, value), name, 100)));
        return builder.build().getConfigMapping(BookingConfig.class);
    }
}
