package org.lectern.scheduler.campaign.coverage;

/** Why an item has its state. Texts: {@code coverage.reason.NAME}; next step: {@code coverage.step.NAME}. */
public enum CoverageReason {
    NEVER_BOOKED,
    PARTLY_BOOKED,
    CANCELLED,
    ON_HOLD,
    REQUESTED,
    UPCOMING,
    NOTIFIED,
    ACKNOWLEDGED,
    HELD,
    NOT_RECORDED,
    WINDOW_ENDED,
    EXCLUDED
}
