package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;

/**
 * A repeat that now stands in a branch's inbox.
 *
 * @param lectureEnds when the lecture it is about does
 */
public record WrittenRepeat(
        UUID id, UUID branchId, UUID bookingId, long sequence, Instant lectureStarts, Instant lectureEnds) {}
