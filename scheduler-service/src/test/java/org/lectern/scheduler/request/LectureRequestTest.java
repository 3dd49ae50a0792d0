package org.lectern.scheduler.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.request.LectureRequest.Range;

/** The results of answers to a lecture request. */
class LectureRequestTest {

    private static final Instant ASKED = Instant.parse("2026-11-01T08:00:00Z");

    private static LectureRequest waiting() {
        return new LectureRequest(
                UUID.randomUUID(),
                1,
                RequestStatus.WAITING,
                new TopicRef(UUID.randomUUID(), "T-03", "乡村振兴政策解读"),
                new BranchRef(UUID.randomUUID(), "QS-V-014", "青石村"),
                ZoneId.of("Asia/Shanghai"),
                List.of(new Range(ASKED, ASKED.plusSeconds(86_400))),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                ASKED,
                ASKED);
    }

    @Test
    void answer_isDatedWhenItIsGiven() {
        LectureRequest withdrawn = waiting().withdrawn(Reason.of("Not needed"), ASKED.plusSeconds(5));

        assertThat(withdrawn.version()).isEqualTo(2);
        assertThat(withdrawn.updatedAt()).isEqualTo(ASKED.plusSeconds(5));
    }

    @Test
    void answerByASlowClock_isDatedLikeTheVersionBefore() {
        LectureRequest withdrawn = waiting().withdrawn(Reason.of("Not needed"), ASKED.minusSeconds(5));

        assertThat(withdrawn.updatedAt()).isEqualTo(ASKED);
    }
}
