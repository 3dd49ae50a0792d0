package org.lectern.chaos.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lectern.chaos.verdict.DraftEvidence.NOW;
import static org.lectern.chaos.verdict.DraftEvidence.finds;
import static org.lectern.chaos.verdict.DraftEvidence.judged;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.Call.Kind;
import org.lectern.chaos.load.Call.Outcome;
import org.lectern.chaos.verdict.Violation.Promise;

/** A change of several bookings does all that its answer says, nothing else, and nothing twice. */
class GroupTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant LATER = NOW.plusSeconds(10);

    /** Another lecturer takes both lectures. */
    private static final class Substitute implements Consumer<DraftEvidence> {

        private final UUID other = UUID.randomUUID();
        private final Outcome outcome;

        Substitute(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public void accept(DraftEvidence draft) {
            ObjectNode answer = JSON.createObjectNode();
            answer.withArray("changed").add(taken(draft, draft.first, 3, 4)).add(taken(draft, draft.second, 2, 0));
            draft.calls.add(new Call(
                    "chaos-s",
                    Kind.SUBSTITUTE,
                    null,
                    List.of(draft.first.toString(), draft.second.toString()),
                    JSON.createObjectNode(),
                    LATER,
                    LATER,
                    1,
                    outcome,
                    outcome == Outcome.UNKNOWN ? 0 : outcome == Outcome.REFUSED ? 409 : 200,
                    0,
                    outcome == Outcome.UNKNOWN ? null : answer));
        }

        private ObjectNode taken(DraftEvidence draft, UUID booking, int number, int hour) {
            ObjectNode state = draft.state("CONFIRMED", hour, null);
            state.putObject("lecturer").put("id", other.toString());
            draft.booking(booking, number, state, "chaos-s", LATER, List.of(draft.branch));
            return state.deepCopy().put("id", booking.toString()).put("version", number);
        }
    }

    private static Consumer<DraftEvidence> substituted(Consumer<DraftEvidence> tampering) {
        return new Substitute(Outcome.ACKNOWLEDGED).andThen(tampering);
    }

    /** The branch hands over its second lecture and a request. */
    private static final class Transfer implements Consumer<DraftEvidence> {

        private final UUID to = UUID.randomUUID();
        private final UUID request = UUID.randomUUID();

        @Override
        public void accept(DraftEvidence draft) {
            draft.request(request, 1, "REQUESTED", draft.requestState("WAITING", "chaos-q"), null, List.of());
            ObjectNode waiting = draft.requestState("WAITING", "chaos-q");
            waiting.putObject("branch").put("id", to.toString());
            draft.request(request, 2, "MOVED", waiting, "chaos-t", List.of());
            ObjectNode state = draft.state("CONFIRMED", 0, null);
            state.putObject("branch").put("id", to.toString());
            draft.booking(draft.second, 2, state, "chaos-t", LATER, List.of(draft.branch, to));
            ObjectNode answer = JSON.createObjectNode();
            answer.withArray("bookings").add(draft.second.toString());
            answer.withArray("requests").add(request.toString());
            draft.calls.add(new Call(
                    "chaos-t",
                    Kind.TRANSFER,
                    draft.branch.toString(),
                    List.of(),
                    JSON.createObjectNode().put("toBranchId", to.toString()),
                    LATER,
                    LATER,
                    1,
                    Outcome.ACKNOWLEDGED,
                    200,
                    0,
                    answer));
        }
    }

    private static Consumer<DraftEvidence> transferred(Consumer<DraftEvidence> tampering) {
        return new Transfer().andThen(tampering);
    }

    @Test
    void honestSubstitutesAndTransfers_haveNoViolation() {
        assertEquals(Set.of(), judged(substituted(draft -> {})));
        assertEquals(Set.of(), judged(transferred(draft -> {})));
        assertEquals(Set.of(), judged(new Substitute(Outcome.UNKNOWN)));
    }

    @Test
    void lostSubstitute_isFound() {
        finds(Promise.NOTHING_LOST, substituted(draft -> draft.bookings.removeLast()));
    }

    @Test
    void substituteUnlikeItsAnswer_isFound() {
        finds(Promise.NOTHING_LOST, substituted(draft -> {
            Version was = draft.bookings.removeLast();
            ObjectNode state = was.state().deepCopy();
            state.putObject("lecturer").put("id", draft.lecturer.toString());
            draft.bookings.add(new Version(was.subject(), was.version(), "X", was.at(), was.reason(), state));
        }));
    }

    @Test
    void substituteBeyondTheAnswer_isFound() {
        finds(
                Promise.ALL_OR_NOTHING,
                substituted(draft ->
                        draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, null, "chaos-s", LATER.plusSeconds(1))));
    }

    @Test
    void bookingSubstitutedTwice_isFound() {
        finds(
                Promise.ONE_KEY_ONE_EFFECT,
                substituted(draft ->
                        draft.version(draft.second, 3, "CONFIRMED", 0, null, "chaos-s", LATER.plusSeconds(1))));
    }

    @Test
    void substituteDoneInPart_isFoundWithoutAnswer() {
        finds(Promise.ALL_OR_NOTHING, new Substitute(Outcome.UNKNOWN).andThen(draft -> draft.bookings.removeLast()));
    }

    @Test
    void refusedSubstitute_hasNoEffect() {
        finds(Promise.NOTHING_REFUSED_HAPPENED, new Substitute(Outcome.REFUSED));
    }

    @Test
    void lostTransfer_isFound() {
        finds(Promise.NOTHING_LOST, transferred(draft -> draft.bookings.removeLast()));
        finds(Promise.NOTHING_LOST, transferred(draft -> draft.requests.removeLast()));
    }

    @Test
    void transferThatLeavesTheBranch_isFound() {
        finds(Promise.NOTHING_LOST, transferred(draft -> {
            Version was = draft.bookings.removeLast();
            ObjectNode state = was.state().deepCopy();
            draft.with(state, draft.branch);
            draft.bookings.add(new Version(was.subject(), was.version(), "X", was.at(), was.reason(), state));
        }));
    }

    @Test
    void transferBeyondTheAnswer_isFound() {
        finds(
                Promise.ALL_OR_NOTHING,
                transferred(draft ->
                        draft.version(UUID.randomUUID(), 1, "CONFIRMED", 20, null, "chaos-t", LATER.plusSeconds(1))));
    }
}
