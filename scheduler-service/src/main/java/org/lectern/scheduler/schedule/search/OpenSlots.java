package org.lectern.scheduler.schedule.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Possible times of lecturers for a branch. */
@ApplicationScoped
public class OpenSlots {

    private final FreeLecturers lecturers;

    @Inject
    OpenSlots(FreeLecturers lecturers) {
        this.lecturers = lecturers;
    }

    /** A lecture that broke no rule at the time of the search. */
    public record OpenSlot(UUID lecturerId, @Nullable UUID venueId, Instant start, Instant end) {}

    /**
     * The best times in a period for a lecture of the topic's usual length, best first.
     *
     * @param lecturer null for any on the topic
     * @param venue null for any that suits the branch
     * @param from must not be before now
     */
    public List<OpenSlot> of(
            @Nullable UUID lecturer,
            @Nullable UUID venue,
            UUID topic,
            UUID branch,
            String format,
            @Nullable Integer headCount,
            Instant from,
            Instant until,
            int limit) {
        var wanted = new SearchRequest(
                topic,
                branch,
                from,
                until,
                null,
                format,
                null,
                lecturer,
                venue,
                headCount,
                null,
                Set.of(),
                false,
                Assumed.NOTHING);
        return lecturers.search(wanted, limit).slots().stream()
                .map(slot -> new OpenSlot(
                        slot.lecturer().id(),
                        slot.venue() == null ? null : slot.venue().id(),
                        slot.start(),
                        slot.end()))
                .toList();
    }
}
