package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.verdict.Violation.Promise;

/** Guests are occupied and notified like hosts. */
class GuestTest {

    private static final Instant LATER = NOW.plusSeconds(10);
    private static final String CHANGED = "lectern.booking.guests-changed.v1";

    /** The second lecture gets a guest, and the guest gets a notice. */
    private static final Consumer<DraftEvidence> JOINS = draft -> draft.booking(
            draft.second,
            2,
            draft.with(draft.state("CONFIRMED", 0, "chaos-c"), draft.guest),
            CHANGED,
            null,
            LATER,
            List.of(draft.guest));

    /** The guest leaves again. */
    private static final Consumer<DraftEvidence> LEAVES = draft -> draft.booking(
            draft.second,
            3,
            draft.state("CONFIRMED", 0, "chaos-c"),
            CHANGED,
            null,
            LATER.plusSeconds(1),
            List.of(draft.guest));

    /** Another lecture at the same time, hosted by the guest. */
    private static final Consumer<DraftEvidence> HOSTS = draft -> {
        ObjectNode state = draft.state("CONFIRMED", 1, "chaos-h");
        state.putObject("lecturer").put("id", UUID.randomUUID().toString());
        state.putObject("branch").put("id", draft.guest.toString());
        draft.booking(UUID.randomUUID(), 1, state, null, LATER.plusSeconds(2), List.of(draft.guest));
    };

    @Test
    void guestThatJoinsAndLeaves_isHonest() {
        assertEquals(Set.of(), judged(JOINS));
        assertEquals(Set.of(), judged(JOINS.andThen(LEAVES)));
        assertEquals(Set.of(), judged(JOINS.andThen(LEAVES).andThen(HOSTS)));
    }

    @Test
    void guestThatIsOccupiedTwice_isFound() {
        finds(Promise.NO_OVERLAP, JOINS.andThen(HOSTS));
    }

    @Test
    void guestWithoutNotice_isFound() {
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, JOINS.andThen(draft -> draft.notices.removeLast()));
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, JOINS.andThen(LEAVES).andThen(draft -> draft.notices.removeLast()));
    }

    @Test
    void noticeOfAGuestToTheHost_isFound() {
        finds(
                Promise.NO_OTHER_BRANCH_NOTIFIED,
                draft -> draft.booking(
                        draft.second,
                        2,
                        draft.with(draft.state("CONFIRMED", 0, "chaos-c"), draft.guest),
                        CHANGED,
                        null,
                        LATER,
                        List.of(draft.guest, draft.branch)));
    }

    @Test
    void changeOfTheLecture_notifiesGuests() {
        Consumer<DraftEvidence> moved = draft -> draft.booking(
                draft.second,
                3,
                draft.with(draft.state("CONFIRMED", 8, "chaos-c"), draft.guest),
                "chaos-m",
                LATER.plusSeconds(1),
                List.of(draft.branch, draft.guest));
        assertEquals(Set.of(), judged(JOINS.andThen(moved)));
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, JOINS.andThen(moved).andThen(draft -> draft.notices.removeLast()));
    }

    @Test
    void acknowledgedGuestThatIsMissing_isFound() {
        finds(Promise.NOTHING_LOST, JOINS.andThen(draft -> {
            draft.call("chaos-j", Kind.JOIN, draft.bookings.getLast(), Outcome.ACKNOWLEDGED);
            var was = draft.bookings.removeLast();
            draft.bookings.add(new Version(
                    was.subject(),
                    was.version(),
                    was.action(),
                    was.at(),
                    was.reason(),
                    draft.state("CONFIRMED", 0, "chaos-c")));
        }));
    }
}
