package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.verdict.Violation.Promise;

/** Lecturers are notified like branches. */
class LecturerTest {

    private static final UUID NEXT = UUID.randomUUID();

    /** A judged lecturer takes the second lecture over; branch and lecturer are notified. */
    private static final Consumer<DraftEvidence> TAKES_OVER = draft -> {
        draft.lecturers.add(NEXT);
        ObjectNode state = draft.state("CONFIRMED", 0, "chaos-c");
        state.putObject("lecturer").put("id", NEXT.toString());
        draft.booking(draft.second, 2, state, null, NOW.plusSeconds(10), List.of(draft.branch, NEXT));
    };

    /** The lecture goes back; the former lecturer is notified too. */
    private static final Consumer<DraftEvidence> GIVES_BACK = draft -> draft.booking(
            draft.second,
            3,
            draft.state("CONFIRMED", 0, "chaos-c"),
            null,
            NOW.plusSeconds(11),
            List.of(draft.branch, NEXT));

    @Test
    void notifiedLecturers_areHonest() {
        assertEquals(Set.of(), judged(TAKES_OVER));
        assertEquals(Set.of(), judged(TAKES_OVER.andThen(GIVES_BACK)));
    }

    @Test
    void lecturerWithoutNotice_isFound() {
        finds(Promise.EVERY_BRANCH_NOTIFIED_ONCE, TAKES_OVER.andThen(draft -> draft.notices.removeLast()));
        finds(
                Promise.EVERY_BRANCH_NOTIFIED_ONCE,
                TAKES_OVER.andThen(GIVES_BACK).andThen(draft -> draft.notices.removeLast()));
    }

    @Test
    void noticeToALecturerWithoutPart_isFound() {
        finds(Promise.NO_OTHER_BRANCH_NOTIFIED, draft -> {
            draft.lecturers.add(NEXT);
            draft.booking(
                    draft.second,
                    2,
                    draft.state("CONFIRMED", 8, "chaos-c"),
                    null,
                    NOW.plusSeconds(10),
                    List.of(draft.branch, NEXT));
        });
    }
}
