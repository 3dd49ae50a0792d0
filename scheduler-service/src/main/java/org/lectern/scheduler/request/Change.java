package org.lectern.scheduler.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The kind of change of a lecture request; the names are the values of the event's member {@code change}. */
@Schema(name = "LectureRequestChange")
enum Change {
    @JsonProperty("requested")
    REQUESTED,
    @JsonProperty("offered")
    OFFERED,
    @JsonProperty("offer-declined")
    OFFER_DECLINED,
    @JsonProperty("offer-withdrawn")
    OFFER_WITHDRAWN,
    @JsonProperty("offer-expired")
    OFFER_EXPIRED,
    @JsonProperty("accepted")
    ACCEPTED,
    @JsonProperty("refused")
    REFUSED,
    @JsonProperty("withdrawn")
    WITHDRAWN,
    /** The lecture booked for it was cancelled. */
    @JsonProperty("reopened")
    REOPENED,
    @JsonProperty("lapsed")
    LAPSED,
    /** It belongs to another branch now. */
    @JsonProperty("moved")
    MOVED
}
