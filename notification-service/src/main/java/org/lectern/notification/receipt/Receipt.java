package org.lectern.notification.receipt;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message about a lecture that has reached its receiver.
 *
 * @param version of the booking it told
 * @param traceparent the trace under which it was sent
 */
public record Receipt(
        UUID notice,
        UUID booking,
        UUID branch,
        int version,
        String channel,
        @Nullable String traceparent) {}
