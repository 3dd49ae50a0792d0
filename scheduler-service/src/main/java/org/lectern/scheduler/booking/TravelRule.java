package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.schedule.travel.Travel;
import org.lectern.scheduler.schedule.travel.Travel.Placed;
import org.lectern.scheduler.schedule.travel.Travel.Shortfall;
import org.lectern.scheduler.schedule.travel.TravelConflicts;

/**
 * A lecturer must reach the next lecture in time. Uses the same functions as the database check
 * {@code lecturer_travel}, which has the last word unless an organizer overrode the rule.
 */
@ApplicationScoped
public class TravelRule implements SoftRule {

    static final String CODE = "lecturer-travel";

    private final Travel travel;
    private final TravelConflicts conflicts;

    @Inject
    TravelRule(Travel travel, TravelConflicts conflicts) {
        this.travel = travel;
        this.conflicts = conflicts;
    }

    /** A travel time to or from an adjacent lecture that is too long. */
    @Schema(name = "TravelShortfall")
    public record Way(
            @Schema(description = "The lecture before or after it")
            UUID bookingId,

            @Schema(
                    description = "Whether that lecture comes before or after",
                    enumeration = {"before", "after"})
            String position,

            OffsetDateTime start,
            OffsetDateTime end,
            @Schema(examples = "55") int minutesNeeded,
            @Schema(examples = "30") int minutesAvailable) {}

    @Override
    public List<Objection> objections(Proposal proposal) {
        var placed = new Placed(
                proposal.bookingId(),
                proposal.lecturerId(),
                proposal.venueId(),
                proposal.branchId(),
                proposal.occupancy().from(),
                proposal.occupancy().until());
        return travel.shortfalls(placed).stream()
                .map(shortfall -> objection(shortfall, proposal))
                .toList();
    }

    @Override
    public Map<UUID, List<Objection>> standing(Collection<Proposal> lectures) {
        Map<UUID, Proposal> known = new HashMap<>();
        lectures.forEach(lecture -> known.put(lecture.bookingId(), lecture));
        Map<UUID, List<Objection>> found = new HashMap<>();
        Instant from = lectures.stream()
                .map(Proposal::start)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant to = lectures.stream()
                .map(Proposal::end)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Set<UUID> lecturers = lectures.stream().map(Proposal::lecturerId).collect(Collectors.toSet());
        conflicts.tight(from, to, lecturers).forEach(tight -> {
            Proposal lecture = known.get(tight.toBookingId());
            if (lecture != null) {
                List<Object> arguments = List.of(
                        tight.minutesNeeded(),
                        tight.minutesAvailable(),
                        tight.fromEnd().atZone(lecture.zone()).toOffsetDateTime(),
                        0);
                found.computeIfAbsent(tight.toBookingId(), id -> new ArrayList<>())
                        .add(new Objection(CODE, new Violation("/start", "travel.too-long", arguments), arguments));
            }
        });
        return found;
    }

    private static Objection objection(Shortfall shortfall, Proposal proposal) {
        boolean before = shortfall.neighbourComesBefore();
        OffsetDateTime start =
                shortfall.neighbourStart().atZone(proposal.zone()).toOffsetDateTime();
        OffsetDateTime end = shortfall.neighbourEnd().atZone(proposal.zone()).toOffsetDateTime();
        List<Object> arguments =
                List.of(shortfall.minutesNeeded(), shortfall.minutesAvailable(), before ? end : start, before ? 0 : 1);
        return new Objection(
                CODE,
                new Violation("/start", "travel.too-long", arguments),
                arguments,
                new Way(
                        shortfall.neighbour(),
                        before ? "before" : "after",
                        start,
                        end,
                        shortfall.minutesNeeded(),
                        shortfall.minutesAvailable()));
    }
}
