package org.lectern.scheduler.schedule.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.schedule.AvailabilityConfig;
import org.lectern.scheduler.schedule.LectureRules;

/** The search for free lecturers, for other packages. */
@ApplicationScoped
public class SlotSearch {

    private final FreeLecturers lecturers;
    private final LectureRules rules;
    private final AvailabilityConfig config;
    private final Messages messages;
    private final Clock clock;

    @Inject
    SlotSearch(FreeLecturers lecturers, LectureRules rules, AvailabilityConfig config, Messages messages, Clock clock) {
        this.lecturers = lecturers;
        this.rules = rules;
        this.config = config;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Possible lectures on a topic at a branch, best first, in the language of the current request. None has a conflict
     * or breaks a rule of availability, also together with the assumed lectures of the same format. Empty when the
     * topic or the branch is archived.
     *
     * @param until shortened to the longest search and the horizon
     * @param assumed lectures that would be booked as well
     */
    public List<FreeSlotView> of(
            UUID topic,
            UUID branch,
            Instant from,
            Instant until,
            String format,
            @Nullable String tier,
            int most,
            List<Assumed.Lecture> assumed) {
        Instant now = clock.instant();
        Instant first = from.isBefore(now) ? now : from;
        Instant last = earliest(until, first.plus(config.maxSearchRange()), now.plus(rules.horizon()));
        if (!first.isBefore(last)) {
            return List.of();
        }
        try {
            FreeLecturers.Found found = lecturers.search(
                    new SearchRequest(
                            topic,
                            branch,
                            first,
                            last,
                            null,
                            format,
                            tier,
                            null,
                            null,
                            null,
                            null,
                            Set.of(),
                            false,
                            new Assumed(assumed, config.proposedPerDay())),
                    most);
            return found.slots().stream()
                    .map(slot -> FreeSlotView.of(slot, found.zone(), messages))
                    .toList();
        } catch (InvalidRequest archived) {
            return List.of();
        }
    }

    /** Whether a format uses a join link and needs no venue. */
    public boolean isRemote(String format) {
        return rules.isRemote(format);
    }

    /** Whether the format is configured. */
    public boolean knows(String format) {
        return rules.formats().contains(format);
    }

    private static Instant earliest(Instant... times) {
        Instant earliest = times[0];
        for (Instant each : times) {
            earliest = each.isBefore(earliest) ? each : earliest;
        }
        return earliest;
    }
}
