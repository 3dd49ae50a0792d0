-- The notices of each recipient: the in-app inbox, and the text that every other channel sends.

CREATE TABLE notice (
    id         uuid PRIMARY KEY,
    branch_id  uuid        NOT NULL REFERENCES recipient (id),
    sequence   bigint      NOT NULL CHECK (sequence >= 1),
    event_id   uuid,
    booking_id uuid,
    version    integer     NOT NULL CHECK (version >= 1),
    kind       text        NOT NULL CHECK (kind IN (
        'CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED',
        'REQUEST_OFFERED', 'OFFER_ENDED', 'REQUEST_REFUSED', 'REQUEST_REOPENED', 'REQUEST_LAPSED',
        'REMINDER', 'DAY_SHEET', 'ACKNOWLEDGEMENT_OVERDUE', 'ESCALATED', 'ENDPOINT_DISABLED', 'ENDPOINT_FAILING', 'BRANCH_DECLINED', 'LECTURER_DECLINED', 'LECTURER_SILENT', 'TIME_PROPOSED')),
    locale     text        NOT NULL,
    title      text        NOT NULL,
    body       text        NOT NULL,
    urgent     boolean     NOT NULL,
    -- of the lecture; a notice about a request may have none
    starts_at  timestamptz,
    ends_at    timestamptz CHECK (ends_at > starts_at),
    created_at timestamptz NOT NULL,
    read_at    timestamptz,
    request_id uuid,
    -- the notice that this one repeats to ask for its acknowledgement; then no event caused it
    repeats    uuid REFERENCES notice (id),
    -- written without deliveries while the database was rebuilt: no acknowledgement is asked for again
    silent     boolean     NOT NULL DEFAULT false,
    UNIQUE (branch_id, sequence),
    UNIQUE (branch_id, event_id),
    CONSTRAINT notice_lecture CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT notice_of_one_subject CHECK (
        CASE WHEN kind IN ('ENDPOINT_DISABLED', 'ENDPOINT_FAILING', 'DAY_SHEET') THEN booking_id IS NULL AND request_id IS NULL
             ELSE (booking_id IS NULL) <> (request_id IS NULL) END),
    CONSTRAINT notice_of_event_or_repeat CHECK ((event_id IS NULL) = (repeats IS NOT NULL)),
    CONSTRAINT notice_repeats_for_a_reason
        CHECK ((repeats IS NOT NULL) = (kind IN ('REMINDER', 'ACKNOWLEDGEMENT_OVERDUE', 'ESCALATED', 'BRANCH_DECLINED', 'LECTURER_DECLINED', 'LECTURER_SILENT', 'TIME_PROPOSED')))
);
CREATE INDEX notice_unread ON notice (branch_id, sequence) WHERE read_at IS NULL;
CREATE INDEX notice_by_booking ON notice (booking_id);
CREATE INDEX notice_by_request ON notice (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX notice_repeated ON notice (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX notice_by_start ON notice (starts_at) WHERE repeats IS NULL AND booking_id IS NOT NULL;
CREATE INDEX notice_by_end ON notice (ends_at) WHERE repeats IS NULL AND booking_id IS NOT NULL;
-- Not block ranges: a removed notice leaves space for a new one, so ranges would soon span years.
CREATE INDEX notice_by_writing ON notice (created_at);
-- Those that no lecture's end makes old.
CREATE INDEX notice_without_booking ON notice (created_at, id) WHERE booking_id IS NULL;

-- The branches that a message about a version of a booking has reached: the scheduler gets an event for each, once. The row is
-- deleted, and the scheduler notified, when the mail turns out undeliverable and no other message has reached the branch.
CREATE TABLE delivery_receipt (
    booking_id uuid        NOT NULL,
    branch_id  uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    notice_id  uuid        NOT NULL,
    channel    text        NOT NULL,
    at         timestamptz NOT NULL,
    event_id   uuid        NOT NULL,        -- of the event to the scheduler
    PRIMARY KEY (booking_id, branch_id, version)
);
