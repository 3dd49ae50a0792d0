package org.lectern.notification.directory.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Set;

/** A change of an endpoint. */
public enum EndpointAction {
    /** It was added. */
    @JsonProperty("added")
    ADDED,
    /** Its address changed. */
    @JsonProperty("address-changed")
    ADDRESS_CHANGED,
    /** A person entered another secret. */
    @JsonProperty("secret-changed")
    SECRET_CHANGED,
    /** A new secret was generated. */
    @JsonProperty("secret-rotated")
    SECRET_ROTATED,
    @JsonProperty("enabled")
    ENABLED,
    @JsonProperty("disabled")
    DISABLED,
    /** It became a fallback, or stopped being one. */
    @JsonProperty("fallback-changed")
    FALLBACK_CHANGED,
    /** An organizer vouched for its address. */
    @JsonProperty("vouched")
    VOUCHED,
    /** Its receiver echoed the challenge. */
    @JsonProperty("verified")
    VERIFIED,
    /** The owner confirmed its address. */
    @JsonProperty("confirmed")
    CONFIRMED,
    /** The owner refused its address. */
    @JsonProperty("refused")
    REFUSED,
    /** A reader there ended digests. */
    @JsonProperty("unsubscribed")
    UNSUBSCRIBED,
    /** Digests were resumed. */
    @JsonProperty("subscribed")
    SUBSCRIBED,
    /** A delivery was given up because every attempt failed. */
    @JsonProperty("failing")
    FAILING,
    /** It is no longer failing: a message arrived, or a person changed it. */
    @JsonProperty("recovered")
    RECOVERED,
    /** It was removed and its address forgotten. */
    @JsonProperty("removed")
    REMOVED;

    /**
     * The actions that follow from the two states. Changes of addresses and secrets do not, because the states do not
     * contain them.
     */
    public static Set<EndpointAction> between(EndpointState before, EndpointState after) {
        Set<EndpointAction> actions = EnumSet.noneOf(EndpointAction.class);
        if (before.enabled() != after.enabled()) {
            actions.add(after.enabled() ? ENABLED : DISABLED);
        }
        if (before.fallback() != after.fallback()) {
            actions.add(FALLBACK_CHANGED);
        }
        if (before.digests() != after.digests()) {
            actions.add(after.digests() ? SUBSCRIBED : UNSUBSCRIBED);
        }
        return actions;
    }
}
