package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.lectern.scheduler.availability.LectureRules;

/** What the search for free lecturers must know of bookings. */
@ApplicationScoped
class SearchRules implements LectureRules {

    private final BookingConfig config;

    @Inject
    SearchRules(BookingConfig config) {
        this.config = config;
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
        return Duration.ZERO;
    }

    @Override
    public Duration teardown(String format) {
        return Duration.ZERO;
    }

    @Override
    public Duration horizon() {
        return config.horizon();
    }

    @Override
    public Duration shortest() {
        return config.shortest();
    }

    @Override
    public Duration longest() {
        return config.longest();
    }
}
