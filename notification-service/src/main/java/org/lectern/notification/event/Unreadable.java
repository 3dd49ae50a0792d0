package org.lectern.notification.event;

/** A record that is no event of ours, for a reason that will not go away by trying again. */
public final class Unreadable extends Exception {

    private final String reason;

    /** @param reason a stable code, for people and metrics; never a piece of the record */
    public Unreadable(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
