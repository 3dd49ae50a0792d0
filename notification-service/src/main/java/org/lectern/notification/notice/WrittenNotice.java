package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice in a branch's inbox, with the data for its deliveries.
 *
 * @param subjectId the booking or request; its notices are sent in order
 * @param lectureEnds null when it is not about a lecture
 * @param answerBy the deadline, when it requests an answer
 * @param draft the source of the notice
 */
public record WrittenNotice(
        UUID id,
        UUID branchId,
        UUID subjectId,
        long sequence,
        @Nullable Instant lectureEnds,
        boolean urgent,
        @Nullable Instant answerBy,
        @Nullable String traceparent,
        NoticeRequest draft) {}
