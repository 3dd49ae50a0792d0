-- What each branch was told: the in-app inbox, and the text every other channel sends.

CREATE TABLE notice (
    id              uuid PRIMARY KEY,
    branch_id       uuid        NOT NULL REFERENCES branch (id),
    sequence        bigint      NOT NULL CHECK (sequence >= 1),
    event_id        uuid        NOT NULL,
    booking_id      uuid        NOT NULL,
    booking_version integer     NOT NULL CHECK (booking_version >= 1),
    kind            text        NOT NULL CHECK (kind IN ('CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED')),
    locale          text        NOT NULL,
    title           text        NOT NULL,
    body            text        NOT NULL,
    urgent          boolean     NOT NULL,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL CHECK (ends_at > starts_at),
    created_at      timestamptz NOT NULL,
    read_at         timestamptz,
    UNIQUE (branch_id, sequence),
    UNIQUE (branch_id, event_id)
);
CREATE INDEX notice_unread ON notice (branch_id, sequence) WHERE read_at IS NULL;
CREATE INDEX notice_by_booking ON notice (booking_id);
