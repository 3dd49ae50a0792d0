package org.lectern.notification.followup;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who is told that nobody has answered. */
enum EscalationLevel {
    /** The branch itself, once more, and at the endpoints that otherwise only step in for others. */
    @JsonProperty("again")
    AGAIN,
    /** The branch above it. */
    @JsonProperty("parent")
    PARENT,
    /** The organizers. */
    @JsonProperty("organizer")
    ORGANIZER
}
