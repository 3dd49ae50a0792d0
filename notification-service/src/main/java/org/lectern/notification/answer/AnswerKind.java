package org.lectern.notification.answer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a calendar answered (RFC 5546). */
public enum AnswerKind {
    /** The branch takes part: this acknowledges the notice. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** The branch does not know yet. */
    @JsonProperty("tentative")
    TENTATIVE,
    /** The branch cannot take part. */
    @JsonProperty("declined")
    DECLINED,
    /** The branch proposes another time. */
    @JsonProperty("counter")
    COUNTER
}
