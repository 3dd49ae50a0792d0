-- What stands in the calendars of branches, and the addresses under which calendars are subscribed to.

-- One row per notice about a lecture: what a calendar is to show from then on. The newest of a branch and a booking
-- counts; the others stay, for a mail is sent, and sent again, with the revision its notice was about.
CREATE TABLE calendar_revision (
    notice_id   uuid PRIMARY KEY REFERENCES notice (id),
    branch_id   uuid        NOT NULL,
    booking_id  uuid        NOT NULL,
    -- SEQUENCE: rises with the booking's version, and goes on rising when a restored scheduler counts anew
    sequence    integer     NOT NULL CHECK (sequence >= 0),
    cancelled   boolean     NOT NULL,      -- for this branch: the lecture is off, or the branch no longer joins it
    hosted      boolean     NOT NULL,      -- the branch is the host: exactly one such row per version
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (ends_at > starts_at),
    zone        text        NOT NULL,
    topic       text        NOT NULL,
    lecturer_id uuid,
    lecturer    text        NOT NULL,
    host        text        NOT NULL,
    place       text,
    join_link   text,
    revised_at  timestamptz NOT NULL,
    CONSTRAINT calendar_revision_rises UNIQUE (branch_id, booking_id, sequence)
);
CREATE INDEX calendar_revision_of_lecturer ON calendar_revision (lecturer_id, booking_id) WHERE hosted;
CREATE INDEX calendar_revision_of_booking ON calendar_revision (booking_id, sequence DESC) WHERE hosted;

-- Of the token only its hash is known: 256 random bits need no salt.
CREATE TABLE calendar_feed (
    id          uuid PRIMARY KEY,
    branch_id   uuid REFERENCES branch (id),
    lecturer_id uuid,
    locale      text        NOT NULL,
    label       text,
    token_hash  bytea       NOT NULL UNIQUE,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    read_at     timestamptz,               -- roughly: written once an hour at most
    revoked_by  text,
    revoked_at  timestamptz,
    CONSTRAINT calendar_feed_of_one CHECK ((branch_id IS NULL) <> (lecturer_id IS NULL)),
    CONSTRAINT calendar_feed_revoked_by CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX calendar_feed_of_branch ON calendar_feed (branch_id) WHERE revoked_at IS NULL;
CREATE INDEX calendar_feed_of_lecturer ON calendar_feed (lecturer_id) WHERE revoked_at IS NULL;
