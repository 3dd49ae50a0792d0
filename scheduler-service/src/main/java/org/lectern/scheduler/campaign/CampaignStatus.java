package org.lectern.scheduler.campaign;

/**
 * The status of a campaign.
 *
 * <pre>
 * DRAFT ──activate──▶ ACTIVE ──close──▶ CLOSED
 *                       ▲────activate────┘
 * </pre>
 */
public enum CampaignStatus {
    /** The campaign is being drafted; its targets follow its definition, and nothing can be booked for it. */
    DRAFT,
    /** Lectures can be booked for it; its targets change only on an explicit refresh. */
    ACTIVE,
    /** Nothing more can be booked for it; completed lectures can still be recorded and corrected. */
    CLOSED
}
