package org.lectern.notification.notice;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.Branch;
import org.lectern.notification.event.Told;

/** An event a branch shall be told of, before it is put into words and numbered. */
public record NoticeRequest(
        Branch branch, UUID eventId, Told event, @Nullable String traceparent) {}
