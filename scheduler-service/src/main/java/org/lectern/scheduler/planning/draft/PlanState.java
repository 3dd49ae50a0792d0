package org.lectern.scheduler.planning.draft;

/**
 * The state of a plan.
 *
 * <pre>
 * QUEUED ──▶ SEARCHING ──▶ DRAFT ──publish──▶ PUBLISHING ──▶ PUBLISHED
 *   ▲            │           │  ▲                 │
 *   │            ▼           │  └──── refused ────┘
 *   └────────  FAILED  ◀─────┘ (replan, continue: back to QUEUED)
 * </pre>
 */
public enum PlanState {
    /** Waits for a worker. */
    QUEUED,
    /** A worker searches. */
    SEARCHING,
    /** Can be read, explained, edited and published. */
    DRAFT,
    /** The search ended by an error. */
    FAILED,
    /** A worker books it. */
    PUBLISHING,
    /** Its lectures are booked. */
    PUBLISHED;

    /** Whether a worker has it or will have it. */
    public boolean isBusy() {
        return this == QUEUED || this == SEARCHING || this == PUBLISHING;
    }
}
