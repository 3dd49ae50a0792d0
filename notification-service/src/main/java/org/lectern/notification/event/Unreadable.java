package org.lectern.notification.event;

/** A record that is not a valid event, for a reason that a retry cannot fix. */
public final class Unreadable extends Exception {

    private final String reason;

    /** @param reason a stable code for people and metrics; never a part of the record */
    public Unreadable(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
