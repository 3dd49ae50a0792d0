-- Notices that tell nothing new: reminders, and what is asked again because nobody has answered.

ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN (
    'CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED',
    'REQUEST_OFFERED', 'OFFER_ENDED', 'REQUEST_REFUSED', 'REQUEST_REOPENED', 'REQUEST_LAPSED',
    'REMINDER', 'ASKED_AGAIN', 'UNANSWERED'));
-- The notice it repeats, and whose acknowledgement it asks for. No event made it.
ALTER TABLE notice ADD repeats uuid REFERENCES notice (id);
ALTER TABLE notice ALTER COLUMN event_id DROP NOT NULL;
ALTER TABLE notice ADD CONSTRAINT notice_of_event_or_repeat CHECK ((event_id IS NULL) = (repeats IS NOT NULL));
ALTER TABLE notice ADD CONSTRAINT notice_repeats_for_a_reason
    CHECK ((repeats IS NOT NULL) = (kind IN ('REMINDER', 'ASKED_AGAIN', 'UNANSWERED')));
CREATE INDEX notice_repeated ON notice (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX notice_by_start ON notice (starts_at) WHERE repeats IS NULL AND booking_id IS NOT NULL;
CREATE INDEX notice_by_end ON notice (ends_at) WHERE repeats IS NULL AND booking_id IS NOT NULL;
-- Written silently when the database was made anew: whoever was told of it once is not asked again.
ALTER TABLE notice ADD silent boolean NOT NULL DEFAULT false;

-- Which reminders a branch got: each once per lecture and time, whatever else changed about it.
CREATE TABLE reminder (
    branch_id    uuid        NOT NULL,
    booking_id   uuid        NOT NULL,
    starts_at    timestamptz NOT NULL,
    lead_seconds bigint      NOT NULL CHECK (lead_seconds > 0),
    notice_id    uuid        NOT NULL REFERENCES notice (id),
    at           timestamptz NOT NULL,
    PRIMARY KEY (branch_id, booking_id, starts_at, lead_seconds)
);
