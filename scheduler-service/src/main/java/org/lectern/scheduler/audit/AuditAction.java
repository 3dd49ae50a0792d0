package org.lectern.scheduler.audit;

/** What a registry change did; bookings have their own actions. */
public enum AuditAction {
    ENTERED,
    CHANGED,
    ARCHIVED,
    FORGOTTEN
}
