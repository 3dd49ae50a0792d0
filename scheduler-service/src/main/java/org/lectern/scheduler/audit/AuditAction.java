package org.lectern.scheduler.audit;

/** What a change of a registry did; bookings have words of their own. */
public enum AuditAction {
    ENTERED,
    CHANGED,
    ARCHIVED,
    FORGOTTEN
}
