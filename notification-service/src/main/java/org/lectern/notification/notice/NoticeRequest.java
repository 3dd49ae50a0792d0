package org.lectern.notification.notice;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.event.AnnouncedEvent;

/** An event for a branch, before it gets its text and number. */
public record NoticeRequest(
        Recipient branch,
        UUID eventId,
        AnnouncedEvent event,
        @Nullable String traceparent) {}
