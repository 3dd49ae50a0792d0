-- Calendars of branches and lecturers: their entries, the addresses of feeds, and what mail brings back.

-- One row per notice about a lecture: what a calendar shows from then on. The newest of a branch and a booking counts; the
-- others stay, since a mail is sent, and sent again, with the revision of its notice.
CREATE TABLE calendar_revision (
    notice_id   uuid PRIMARY KEY REFERENCES notice (id),
    branch_id   uuid        NOT NULL,
    booking_id  uuid        NOT NULL,
    -- SEQUENCE of RFC 5545: rises with the booking's version, and keeps rising when a restored scheduler counts again
    sequence    integer     NOT NULL CHECK (sequence >= 0),
    cancelled   boolean     NOT NULL,      -- for this branch: the lecture is cancelled, or the branch no longer joins it
    hosted      boolean     NOT NULL,      -- the branch is the host, or was it until then
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (ends_at > starts_at),
    zone        text        NOT NULL,
    topic       text        NOT NULL,
    lecturer_id uuid,
    lecturer    text        NOT NULL,
    host        text        NOT NULL,
    place       text,
    join_link   text,
    format      text,
    revised_at  timestamptz NOT NULL,
    -- two venues may have the same name and address; NULL in events that do not name the venue
    venue_id    uuid,
    CONSTRAINT calendar_revision_rises UNIQUE (branch_id, booking_id, sequence)
);
-- SEQUENCE rises per booking, for branches may share a mailbox: every revision asks for the newest.
CREATE INDEX calendar_revision_by_booking ON calendar_revision (booking_id, sequence DESC);

-- Only the hash of a token is stored: 256 random bits need no salt.
CREATE TABLE calendar_feed (
    id          uuid PRIMARY KEY,
    branch_id   uuid        NOT NULL REFERENCES recipient (id),
    label       text,
    token_hash  bytea       NOT NULL UNIQUE,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    read_at     timestamptz,               -- approximate: written once an hour at most
    content     bytea,                     -- SHA-256 of what was read last
    changed_at  timestamptz,               -- when a read first found that content
    revoked_by  text,
    revoked_at  timestamptz,
    CONSTRAINT calendar_feed_revoked_by CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX calendar_feed_of_branch ON calendar_feed (branch_id) WHERE revoked_at IS NULL;

-- Answers of calendars by mail. A message counts once for each notice that it answers.
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
    outdated       boolean     NOT NULL,   -- the branch had been notified of a later version, or the lecture was over
    notified_branch_id uuid,                   -- the organizers, if they were notified
    sent_notice_id uuid REFERENCES notice (id),
    CONSTRAINT calendar_answer_once UNIQUE (notice_id, message),
    CONSTRAINT calendar_answer_proposal CHECK (
        (proposed_start IS NULL) = (proposed_end IS NULL) AND (proposed_start IS NULL OR kind = 'COUNTER')
        AND proposed_end > proposed_start),
    CONSTRAINT calendar_answer_notified CHECK ((notified_branch_id IS NULL) = (sent_notice_id IS NULL))
);
CREATE INDEX calendar_answer_newest ON calendar_answer (at DESC, id DESC);
CREATE INDEX calendar_answer_by_booking ON calendar_answer (booking_id, at DESC, id DESC);
CREATE INDEX calendar_answer_by_branch ON calendar_answer (branch_id, at DESC, id DESC);
CREATE INDEX calendar_answer_sent ON calendar_answer (sent_notice_id) WHERE sent_notice_id IS NOT NULL;

-- The replica that reads a mailbox, until its lease ends.
CREATE TABLE inbound_turn (
    mailbox text PRIMARY KEY,
    holder  uuid        NOT NULL,
    until   timestamptz NOT NULL
);
