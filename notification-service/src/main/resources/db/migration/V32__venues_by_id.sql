-- Two venues may have the same name and address: whether a lecture has moved is decided by the venue's id. Entries from before
-- have none, and are compared by what the branch read.

ALTER TABLE calendar_revision ADD COLUMN venue_id uuid;
