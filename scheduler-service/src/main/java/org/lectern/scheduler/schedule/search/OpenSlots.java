package org.lectern.scheduler.schedule.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Possible times of one lecturer for a branch. */
@ApplicationScoped
public class OpenSlots {

    private final FreeLecturers lecturers;

    @Inject
    OpenSlots(FreeLecturers lecturers) {
        this.lecturers = lecturers;
    }

    /** A lecture that broke no rule at the time of the search. */
    public record OpenSlot(@Nullable UUID venueId, Instant start, Instant end) {}

    /**
     * The best times in a period for a lecture of the topic's usual length, best first.
     *
     * @param from must not be before now
     */
    public List<OpenSlot> of(
            UUID lecturer,
            UUID topic,
            UUID branch,
            String format,
            @Nullable Integer headCount,
            Instant from,
            Instant until,
            int limit) {
        var wanted = new SearchRequest(
                topic, branch, from, until, null, format, null, lecturer, null, headCount, null, Set.of());
        return lecturers.search(wanted, limit).slots().stream()
                .map(slot ->
                        new OpenSlot(slot.venue() == null ? null : slot.venue().id(), slot.start(), slot.end()))
                .toList();
    }
}
