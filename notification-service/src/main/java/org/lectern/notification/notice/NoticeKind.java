package org.lectern.notification.notice;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happened to the lecture, to what the branch asked for, or to one of its endpoints. */
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
    /** The lecture comes near. */
    @JsonProperty("reminder")
    REMINDER,
    /** The branch has not said yet that it knows. */
    @JsonProperty("asked-again")
    ASKED_AGAIN,
    /** Another branch has not said yet that it knows. */
    @JsonProperty("unanswered")
    UNANSWERED,
    /** Another branch cannot take part. */
    @JsonProperty("declined")
    DECLINED,
    /** Another branch proposes another time. */
    @JsonProperty("proposed")
    PROPOSED,
    /** An endpoint was switched off by the service. */
    @JsonProperty("endpoint-off")
    ENDPOINT_OFF,
    /** Nothing arrives at an endpoint. */
    @JsonProperty("endpoint-failing")
    ENDPOINT_FAILING
}
