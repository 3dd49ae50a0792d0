package org.lectern.notification.receipt;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message about a lecture that reached its receiver.
 *
 * @param version the booking's version in the message
 * @param traceparent the trace of its delivery
 */
public record Receipt(
        UUID notice,
        UUID booking,
        UUID branch,
        int version,
        String channel,
        @Nullable String traceparent) {}
