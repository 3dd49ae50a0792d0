package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notice that now stands in a branch's inbox: what those need to know who bring it elsewhere. */
public record WrittenNotice(
        UUID id,
        UUID branchId,
        UUID bookingId,
        long sequence,
        Instant lectureEnds,
        @Nullable String traceparent) {}
