package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice that now stands in a branch's inbox: what those need to know who bring it elsewhere.
 *
 * @param subjectId the booking or request: what is told of it goes out in order
 * @param lectureEnds nothing when it is about no lecture
 * @param answerBy until when it is of any use, when it asks for an answer
 * @param draft what it was written of
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
