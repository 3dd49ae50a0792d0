-- Who has a topic of a campaign already: asked whenever one books a repeat visit.
CREATE INDEX booking_branch_of_campaign ON booking_branch (campaign_id, topic_id, branch_id)
    INCLUDE (status, hold_expires_at, booking_id) WHERE campaign_id IS NOT NULL;
