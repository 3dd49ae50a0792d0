-- The base of coverage, kept per branch of a campaign, so that 10,000 branches with 200,000 bookings are one read of 10,000
-- rows. Nothing is kept that depends on the time or on the terms of a campaign: both are applied by the reader.
--
-- A writer only adds a mark, its own row, in the transaction of its change: writers never wait for each other. A reader computes
-- marked branches from the bookings, in the same snapshot. So coverage is right whether or not marks have been processed;
-- processing them only makes it faster.

CREATE TABLE coverage_changed (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id uuid NOT NULL,
    branch_id   uuid NOT NULL
);
CREATE INDEX coverage_changed_where ON coverage_changed (campaign_id, branch_id);

CREATE TABLE coverage_cache (
    campaign_id uuid  NOT NULL,
    branch_id   uuid  NOT NULL,
    -- in the format of coverage_visits()
    visits      bytea NOT NULL,
    PRIMARY KEY (campaign_id, branch_id)
);
