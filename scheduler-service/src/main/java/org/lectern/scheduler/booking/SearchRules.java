package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.lectern.scheduler.schedule.LectureRules;

/** Booking settings that the search for free lecturers needs. */
@ApplicationScoped
class SearchRules implements LectureRules {

    private final BookingConfig config;
    private final Buffers buffers;

    @Inject
    SearchRules(BookingConfig config, Buffers buffers) {
        this.config = config;
        this.buffers = buffers;
    }

    @Override
    public Set<String> formats() {
        return config.formats();
    }

    @Override
    public boolean isRemote(String format) {
        return config.remoteFormats().contains(format);
    }

    @Override
    public Duration setup(String format) {
        return buffers.setup(format);
    }

    @Override
    public Duration teardown(String format) {
        return buffers.teardown(format);
    }

    @Override
    public Duration horizon() {
        return config.horizon();
    }

    @Override
    public Duration shortest() {
        return config.minDuration();
    }

    @Override
    public Duration longest() {
        return config.maxDuration();
    }
}
