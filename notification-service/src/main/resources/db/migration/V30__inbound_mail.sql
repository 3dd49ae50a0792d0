-- Mail that comes back: answers of calendars, bounces, and calendar entries of branches that share a mailbox.

-- SEQUENCE rises per booking, for branches may share a mailbox: the newest is asked for by every revision.
CREATE INDEX calendar_revision_by_booking ON calendar_revision (booking_id, sequence DESC);
DROP INDEX calendar_revision_of_booking;
