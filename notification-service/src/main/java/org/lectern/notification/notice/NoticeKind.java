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
    /** The branch has not acknowledged yet. */
    @JsonProperty("asked-again")
    ASKED_AGAIN,
    /** Another branch has not acknowledged yet. */
    @JsonProperty("unanswered")
    UNANSWERED,
    /** Another branch cannot take part. */
    @JsonProperty("declined")
    DECLINED,
    /** Another branch proposes another time. */
    @JsonProperty("proposed")
    PROPOSED,
    /** The service disabled an endpoint. */
    @JsonProperty("endpoint-off")
    ENDPOINT_OFF,
    /** Nothing arrives at an endpoint. */
    @JsonProperty("endpoint-failing")
    ENDPOINT_FAILING
}
