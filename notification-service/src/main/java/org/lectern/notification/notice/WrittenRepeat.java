package org.lectern.notification.notice;

import java.time.Instant;
import java.util.UUID;

/**
 * A repeat in a branch's inbox.
 *
 * @param lectureEnds the end of its lecture
 */
public record WrittenRepeat(
        UUID id, UUID branchId, UUID bookingId, long sequence, Instant lectureStarts, Instant lectureEnds) {}
