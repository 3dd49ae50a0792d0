package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.evidence.Evidence.PublishedPlan;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.verdict.Violation.Promise;

/** A plan is booked whole, and only after all its slots are held. */
class PlanTest {

    private static final UUID CAMPAIGN = UUID.randomUUID();

    private static Consumer<DraftEvidence> plan(String state, String outcome, int lectures) {
        return draft -> draft.plans.add(new PublishedPlan(UUID.randomUUID(), CAMPAIGN, state, outcome, lectures));
    }

    /** A lecture of the plan: held at this second, and booked at that one if it is not negative. */
    private static Consumer<DraftEvidence> lecture(int hour, int held, int booked) {
        return draft -> {
            UUID id = UUID.randomUUID();
            version(draft, id, 1, "HELD", hour, held);
            if (booked >= 0) {
                version(draft, id, 2, "CONFIRMED", hour, booked);
            }
        };
    }

    private static void version(DraftEvidence draft, UUID id, int version, String status, int hour, int second) {
        ObjectNode state = draft.state(status, hour, "");
        state.put("campaignId", CAMPAIGN.toString());
        Instant at = NOW.plusSeconds(second);
        draft.bookings.add(new Version(id, version, status, at, null, state));
    }

    private static boolean isWhole(Consumer<DraftEvidence> tampering) {
        return !judged(tampering).contains(Promise.PLANS_ARE_WHOLE);
    }

    @Test
    void planHeldThenBooked_isHonest() {
        assertTrue(isWhole(
                plan("PUBLISHED", "PUBLISHED", 2).andThen(lecture(8, 10, 20)).andThen(lecture(12, 11, 21))));
        assertTrue(isWhole(plan("DRAFT", "", 2)));
    }

    @Test
    void planBookedInPart_isFound() {
        finds(
                Promise.PLANS_ARE_WHOLE,
                plan("PUBLISHED", "PUBLISHED", 2).andThen(lecture(8, 10, 20)).andThen(lecture(12, 11, -1)));
        finds(Promise.PLANS_ARE_WHOLE, plan("PUBLISHED", "PUBLISHED", 2).andThen(lecture(8, 10, 20)));
        finds(Promise.PLANS_ARE_WHOLE, plan("DRAFT", "", 2).andThen(lecture(8, 10, -1)));
    }

    @Test
    void lectureBookedBeforeAllAreHeld_isFound() {
        finds(
                Promise.PLANS_ARE_WHOLE,
                plan("PUBLISHED", "PUBLISHED", 2).andThen(lecture(8, 10, 11)).andThen(lecture(12, 12, 13)));
    }

    @Test
    void planRefusedOrUnfinished_isFound() {
        finds(Promise.PLANS_ARE_WHOLE, plan("DRAFT", "REFUSED", 2));
        finds(Promise.PLANS_ARE_WHOLE, plan("PUBLISHING", "RUNNING", 2));
        finds(Promise.PLANS_ARE_WHOLE, plan("FAILED", "", 2));
    }
}
