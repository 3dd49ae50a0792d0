package org.lectern.scheduler.campaign;

/**
 * Where a campaign stands.
 *
 * <pre>
 * DRAFT ──activate──▶ ACTIVE ──close──▶ CLOSED
 *                       ▲────activate────┘
 * </pre>
 */
public enum CampaignStatus {
    /** It is being written; its targets follow what it says, and nothing can be booked for it. */
    DRAFT,
    /** Lectures can be booked for it; its targets change only when somebody renews them. */
    ACTIVE,
    /** Nothing more can be booked for it; what was held can still be recorded and put right. */
    CLOSED
}
