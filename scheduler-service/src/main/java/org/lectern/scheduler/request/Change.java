package org.lectern.scheduler.request;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happened to a lecture request; the names are those of the event's member {@code change}. */
enum Change {
    @JsonProperty("asked")
    ASKED,
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
    /** The lecture booked for it was called off. */
    @JsonProperty("reopened")
    REOPENED,
    @JsonProperty("lapsed")
    LAPSED
}
