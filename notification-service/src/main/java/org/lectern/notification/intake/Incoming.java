package org.lectern.notification.intake;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Told;

/**
 * An event that branches may be told of, read, with what is needed to hold it as it came.
 *
 * @param traceparent the trace under which it was taken in
 */
record Incoming(
        UUID id,
        EventType type,
        UUID incarnation,
        Instant time,
        @Nullable String traceparent,
        byte[] value,
        Told event) {}
