package org.lectern.notification.followup;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The recipient of an escalation. */
enum EscalationLevel {
    /** The branch itself, again, including its fallback endpoints. */
    @JsonProperty("repeat")
    REPEAT,
    /** The parent branch. */
    @JsonProperty("parent")
    PARENT,
    /** The organizers. */
    @JsonProperty("organizer")
    ORGANIZER
}
