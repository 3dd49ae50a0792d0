-- Events are about bookings or about lecture requests: what keeps them in order does not care which.

ALTER TABLE booking_view RENAME TO subject_view;
ALTER TABLE subject_view RENAME COLUMN booking_id TO subject_id;
ALTER TABLE held_event RENAME COLUMN booking_id TO subject_id;

ALTER TABLE notice RENAME COLUMN booking_version TO version;
ALTER TABLE notice ALTER COLUMN booking_id DROP NOT NULL;
ALTER TABLE notice ADD request_id uuid;
ALTER TABLE notice ADD CONSTRAINT notice_of_one_subject CHECK ((booking_id IS NULL) <> (request_id IS NULL));
CREATE INDEX notice_by_request ON notice (request_id) WHERE request_id IS NOT NULL;
-- what is told of a request may be about no lecture
ALTER TABLE notice ALTER COLUMN starts_at DROP NOT NULL;
ALTER TABLE notice ALTER COLUMN ends_at DROP NOT NULL;
ALTER TABLE notice ADD CONSTRAINT notice_lecture CHECK ((starts_at IS NULL) = (ends_at IS NULL));
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN (
    'CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED',
    'REQUEST_OFFERED', 'OFFER_ENDED', 'REQUEST_REFUSED', 'REQUEST_REOPENED', 'REQUEST_LAPSED'));

ALTER TABLE delivery RENAME COLUMN booking_id TO subject_id;
ALTER INDEX delivery_by_booking RENAME TO delivery_by_subject;
