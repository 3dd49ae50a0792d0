package org.lectern.chassis.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts answers by response time, in the few buckets that service objectives use. */
class ResponseTimes {

    private static final double[] STEPS = Stream.of(50, 100, 300, 1000, 3000, 10_000)
            .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
            .toArray();

    static final String REFUSED = "lectern.rejected.meters";

    @Produces
    @Singleton
    MeterLimit limit(@ConfigProperty(name = "lectern.metrics.max-meters", defaultValue = "5000") int most) {
        return new MeterLimit(most);
    }

    @Produces
    @Singleton
    MeterBinder refused(MeterLimit limit) {
        return registry -> Gauge.builder(REFUSED, limit, MeterLimit::refused)
                .description("Meters that were refused because there were too many")
                .register(registry);
    }

    @Produces
    @Singleton
    MeterFilter steps() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("http.server.requests")
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(STEPS)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
