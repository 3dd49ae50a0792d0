package org.lectern.notification.notice;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The event behind a notice: about a lecture, a request of the branch, or one of its endpoints. */
enum NoticeKind {
    @JsonProperty("confirmed")
    CONFIRMED,
    @JsonProperty("rescheduled")
    RESCHEDULED,
    @JsonProperty("reassigned")
    REASSIGNED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("request-offered")
    REQUEST_OFFERED,
    @JsonProperty("offer-ended")
    OFFER_ENDED,
    @JsonProperty("request-refused")
    REQUEST_REFUSED,
    @JsonProperty("request-reopened")
    REQUEST_REOPENED,
    @JsonProperty("request-lapsed")
    REQUEST_LAPSED,
    /** The lecture is near. */
    @JsonProperty("reminder")
    REMINDER,
    /** All lectures that a lecturer gives the next day. */
    @JsonProperty("day-sheet")
    DAY_SHEET,
    /** The recipient has not acknowledged yet. */
    @JsonProperty("acknowledgement-overdue")
    ACKNOWLEDGEMENT_OVERDUE,
    /** Another branch has not acknowledged yet. */
    @JsonProperty("escalated")
    ESCALATED,
    /** Another branch cannot take part. */
    @JsonProperty("branch-declined")
    BRANCH_DECLINED,
    /** A lecturer cannot give the lecture. */
    @JsonProperty("lecturer-declined")
    LECTURER_DECLINED,
    /** A lecturer has not answered in time whether the lecture can be given. */
    @JsonProperty("lecturer-silent")
    LECTURER_SILENT,
    /** Another branch or the lecturer proposes another time. */
    @JsonProperty("time-proposed")
    TIME_PROPOSED,
    /** The service disabled an endpoint. */
    @JsonProperty("endpoint-disabled")
    ENDPOINT_DISABLED,
    /** Nothing arrives at an endpoint. */
    @JsonProperty("endpoint-failing")
    ENDPOINT_FAILING
}
