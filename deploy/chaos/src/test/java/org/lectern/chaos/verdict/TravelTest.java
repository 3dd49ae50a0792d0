package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.verdict.Violation.Promise;

/** The draft has two places, 109 minutes of travel apart. */
class TravelTest {

    private static final Instant LATER = NOW.plusSeconds(10);

    /** A lecture of the same lecturer at another branch, two hours from that hour. */
    private static Consumer<DraftEvidence> lecture(int hour, boolean far, Instant at) {
        return draft -> {
            ObjectNode state = draft.elsewhere(draft.state("CONFIRMED", hour, "chaos-x" + hour));
            draft.at(far ? draft.far : draft.near, state);
            UUID host = UUID.fromString(state.path("branch").path("id").asText());
            draft.booking(UUID.randomUUID(), 1, state, null, at, List.of(host));
        };
    }

    @Test
    void tooLittleTimeToTravel_isFound() {
        finds(Promise.TRAVEL_IS_POSSIBLE, lecture(10, false, LATER).andThen(lecture(13, true, LATER.plusSeconds(1))));
        finds(Promise.TRAVEL_IS_POSSIBLE, lecture(13, true, LATER).andThen(lecture(10, false, LATER.plusSeconds(1))));
    }

    @Test
    void timeEnoughToTravel_isNoViolation() {
        assertEquals(judged(draft -> {}), judged(lecture(10, false, LATER).andThen(lecture(14, true, LATER))));
    }

    @Test
    void samePlace_needsNoTravel() {
        assertEquals(judged(draft -> {}), judged(lecture(10, true, LATER).andThen(lecture(12, true, LATER))));
    }

    @Test
    void lectureThatWasCancelledBefore_needsNoTravel() {
        Consumer<DraftEvidence> cancelled = draft -> {
            UUID booking = UUID.randomUUID();
            ObjectNode state = draft.at(draft.near, draft.state("CONFIRMED", 10, "chaos-x"));
            draft.booking(booking, 1, state, null, LATER, List.of(draft.branch));
            ObjectNode off = state.deepCopy().put("status", "CANCELLED");
            draft.booking(booking, 2, off, "chaos-y", LATER.plusSeconds(1), List.of(draft.branch));
        };
        assertEquals(judged(draft -> {}), judged(cancelled.andThen(lecture(13, true, LATER.plusSeconds(2)))));
    }

    @Test
    void broadcastInBetween_leavesTheLongestFreeStretch() {
        Consumer<DraftEvidence> broadcast = draft -> {
            ObjectNode state = draft.elsewhere(draft.state("CONFIRMED", 14, "chaos-live"));
            UUID host = UUID.fromString(state.path("branch").path("id").asText());
            draft.booking(UUID.randomUUID(), 1, state, null, LATER, List.of(host));
        };
        // 12:00 to 14:00 leaves 120 minutes, 16:00 to 17:00 only 60
        assertEquals(
                judged(draft -> {}),
                judged(lecture(10, false, LATER).andThen(broadcast).andThen(lecture(17, true, LATER))));
        // 13:00 to 14:00 and 16:00 to 17:00 leave 60 each
        finds(
                Promise.TRAVEL_IS_POSSIBLE,
                lecture(11, false, LATER).andThen(broadcast).andThen(lecture(17, true, LATER.plusSeconds(1))));
    }

    @Test
    void minutesAreThoseOfTheGreatCircle() {
        DraftEvidence draft = new DraftEvidence();
        var travel = draft.evidence().travel();
        // half a degree is 55.6 km: 108.4 minutes at 40 km/h with a detour of 1.3
        assertEquals(109, OccupancyCheck.minutes(travel, draft.near.toString(), draft.far.toString()));
        assertEquals(0, OccupancyCheck.minutes(travel, draft.near.toString(), draft.near.toString()));
        assertEquals(0, OccupancyCheck.minutes(travel, draft.near.toString(), "of nowhere"));
    }
}
