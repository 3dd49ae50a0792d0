package org.lectern.notification.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The kinds of calendar answers (RFC 5546). */
@Schema(name = "CalendarAnswerKind")
public enum AnswerKind {
    /** The branch takes part. This acknowledges the notice. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** The branch has not decided yet. */
    @JsonProperty("tentative")
    TENTATIVE,
    /** The branch cannot take part. */
    @JsonProperty("declined")
    DECLINED,
    /** The branch proposes another time. */
    @JsonProperty("counter")
    COUNTER
}
