-- Mail that comes back: answers of calendars, bounces, and calendar entries of branches that share a mailbox.

-- SEQUENCE rises per booking, for branches may share a mailbox: the newest is asked for by every revision.
CREATE INDEX calendar_revision_by_booking ON calendar_revision (booking_id, sequence DESC);
DROP INDEX calendar_revision_of_booking;

ALTER TABLE acknowledgement DROP CONSTRAINT acknowledgement_channel_check;
ALTER TABLE acknowledgement ADD CONSTRAINT acknowledgement_channel_check
    CHECK (channel IN ('in-app', 'link', 'organizer', 'calendar'));

-- Notices to the organizers: a branch has declined, or proposes another time.
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN (
    'CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED',
    'REQUEST_OFFERED', 'OFFER_ENDED', 'REQUEST_REFUSED', 'REQUEST_REOPENED', 'REQUEST_LAPSED',
    'REMINDER', 'ASKED_AGAIN', 'UNANSWERED', 'ENDPOINT_OFF', 'ENDPOINT_FAILING', 'DECLINED', 'PROPOSED'));
ALTER TABLE notice DROP CONSTRAINT notice_repeats_for_a_reason;
ALTER TABLE notice ADD CONSTRAINT notice_repeats_for_a_reason
    CHECK ((repeats IS NOT NULL) = (kind IN ('REMINDER', 'ASKED_AGAIN', 'UNANSWERED', 'DECLINED', 'PROPOSED')));

-- What calendars answered. A message counts once for each notice that it answers.
CREATE TABLE calendar_answer (
    id             uuid PRIMARY KEY,
    message        bytea       NOT NULL,   -- SHA-256 of its octets
    notice_id      uuid        NOT NULL REFERENCES notice (id),
    branch_id      uuid        NOT NULL,
    booking_id     uuid        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('ACCEPTED', 'TENTATIVE', 'DECLINED', 'COUNTER')),
    proposed_start timestamptz,
    proposed_end   timestamptz,
    comment        text CHECK (char_length(comment) BETWEEN 1 AND 500),
    at             timestamptz NOT NULL,
    outdated       boolean     NOT NULL,   -- the branch had been told of a later version, or the lecture was over
    told_branch_id uuid,                   -- the organizers, if they were told
    told_notice_id uuid REFERENCES notice (id),
    CONSTRAINT calendar_answer_once UNIQUE (notice_id, message),
    CONSTRAINT calendar_answer_proposal CHECK (
        (proposed_start IS NULL) = (proposed_end IS NULL) AND (proposed_start IS NULL OR kind = 'COUNTER')
        AND proposed_end > proposed_start),
    CONSTRAINT calendar_answer_told CHECK ((told_branch_id IS NULL) = (told_notice_id IS NULL))
);
CREATE INDEX calendar_answer_newest ON calendar_answer (at DESC, id DESC);
CREATE INDEX calendar_answer_by_booking ON calendar_answer (booking_id, at DESC, id DESC);
CREATE INDEX calendar_answer_by_branch ON calendar_answer (branch_id, at DESC, id DESC);

-- What mail servers reported of a delivery after they had taken it over.
CREATE TABLE delivery_report (
    delivery_id uuid        NOT NULL REFERENCES delivery (id),
    message     bytea       NOT NULL,      -- SHA-256 of its octets
    at          timestamptz NOT NULL,
    action      text        NOT NULL CHECK (action IN ('FAILED', 'DELAYED', 'PASSED_ON')),
    status      text        NOT NULL,      -- RFC 3463
    PRIMARY KEY (delivery_id, message)
);

-- Whose turn it is to read the mailbox.
CREATE TABLE inbound_turn (
    mailbox text PRIMARY KEY,
    holder  uuid        NOT NULL,
    until   timestamptz NOT NULL
);
