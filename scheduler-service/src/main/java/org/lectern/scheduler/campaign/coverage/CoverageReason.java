package org.lectern.scheduler.campaign.coverage;

/** Why an item has its state. Texts: {@code coverage.reason.NAME}; next step: {@code coverage.step.NAME}. */
public enum CoverageReason {
    NEVER_BOOKED,
    PARTLY_BOOKED,
    CANCELLED,
    ON_HOLD,
    ASKED,
    LIES_AHEAD,
    TOLD,
    ACKNOWLEDGED,
    HELD,
    NOT_RECORDED,
    WINDOW_OVER,
    EXCLUDED
}
