package org.lectern.notification.notice;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happened to the lecture. */
enum NoticeKind {
    @JsonProperty("confirmed")
    CONFIRMED,
    @JsonProperty("rescheduled")
    RESCHEDULED,
    @JsonProperty("reassigned")
    REASSIGNED,
    @JsonProperty("cancelled")
    CANCELLED
}
