package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.reason.Reason;

/** The outcome of one change in a batch. */
class ChangeAssessmentTest {

    private static final UUID ID = UUID.randomUUID();
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-12-01T14:00+08:00");
    private static final OffsetDateTime END = START.plusHours(2);
    private static final LecturerRef LECTURER = new LecturerRef(ID, "L-007", "林晓岚", "municipal");
    private static final TopicRef TOPIC = new TopicRef(ID, "T-03", "乡村振兴政策解读");
    private static final BranchRef BRANCH = new BranchRef(ID, "QS-V-014", "青石村");
    private static final Violation FLAW = new Violation("/start", "start.too-late");
    private static final Objection OBJECTION = new Objection("blackout", new Violation("/start", "rule.blackout"));
    private static final ConflictingBooking NEIGHBOUR =
            new ConflictingBooking("lecturer", ID, START, END, null, LECTURER, TOPIC, BRANCH, null);

    private static BookingView version(int version) {
        return new BookingView(
                ID,
                version,
                BookingStatus.CONFIRMED,
                LECTURER,
                TOPIC,
                BRANCH,
                null,
                null,
                "https://live.example",
                null,
                "broadcast",
                START,
                END,
                "Asia/Shanghai",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                START.toInstant(),
                START.toInstant(),
                null);
    }

    private static ChangeAssessment verdict(
            int versionAfter,
            List<Violation> violations,
            List<ConflictingBooking> conflicts,
            List<Objection> objections) {
        Instant start = START.toInstant();
        Instant end = END.toInstant();
        var wanted = new Proposal(
                version(3),
                null,
                ID,
                ID,
                ID,
                List.of(),
                null,
                "broadcast",
                new TimeSlot(start, end, ZoneId.of("Asia/Shanghai")),
                new Occupancy(start, end),
                null,
                null);
        return new ChangeAssessment(
                new Item(ID, 3, "/changes/0", Rearrange.time(START, END, Reason.of("Repairs"), null)),
                version(3),
                version(versionAfter),
                wanted,
                violations,
                conflicts,
                objections);
    }

    @Test
    void changeWithNothingAgainstIt_isPossible() {
        assertThat(verdict(4, List.of(), List.of(), List.of()).isPossible()).isTrue();
    }

    @Test
    void violationConflictOrObjection_makesItImpossible() {
        assertThat(verdict(3, List.of(FLAW), List.of(), List.of()).isPossible()).isFalse();
        assertThat(verdict(4, List.of(), List.of(NEIGHBOUR), List.of()).isPossible())
                .isFalse();
        assertThat(verdict(4, List.of(), List.of(), List.of(OBJECTION)).isPossible())
                .isFalse();
    }

    @Test
    void newVersion_makesItAChange() {
        assertThat(verdict(4, List.of(), List.of(), List.of()).isChange()).isTrue();
        assertThat(verdict(3, List.of(), List.of(), List.of()).isChange()).isFalse();
    }
}
