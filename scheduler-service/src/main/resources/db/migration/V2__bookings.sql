-- Bookings that cannot clash, every version of them, and the answers already given under an idempotency key.

CREATE TABLE booking (
    id                  uuid PRIMARY KEY,
    version             integer     NOT NULL CHECK (version >= 1),
    status              text        NOT NULL
        CHECK (status IN ('HELD', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'EXPIRED')),
    lecturer_id         uuid        NOT NULL REFERENCES lecturer,
    topic_id            uuid        NOT NULL REFERENCES topic,
    branch_id           uuid        NOT NULL REFERENCES branch,
    venue_id            uuid REFERENCES venue,
    join_link           text,
    format              text        NOT NULL,
    starts_at           timestamptz NOT NULL,
    ends_at             timestamptz NOT NULL,
    zone                text        NOT NULL,
    -- what the booking takes of its lecturer, venue and branch: the lecture with its fixed buffers
    occupied_from       timestamptz NOT NULL,
    occupied_until      timestamptz NOT NULL,
    -- whether the branch can hold nothing else meanwhile (it is not marked as parallel)
    branch_exclusive    boolean     NOT NULL,
    expected_head_count integer CHECK (expected_head_count >= 0),
    note                text,
    reason              text,
    head_count          integer CHECK (head_count >= 0),
    completion_note     text,
    created_at          timestamptz NOT NULL,
    created_by          text        NOT NULL,
    updated_at          timestamptz NOT NULL,

    -- An exclusion constraint lets empty, unbounded and NULL ranges pass: they are refused here.
    CONSTRAINT booking_times CHECK (
        isfinite(starts_at) AND isfinite(ends_at) AND isfinite(occupied_from) AND isfinite(occupied_until)
        AND starts_at < ends_at AND ends_at - starts_at <= interval '24 hours'
        AND occupied_from <= starts_at AND ends_at <= occupied_until),
    CONSTRAINT booking_place CHECK (venue_id IS NOT NULL OR join_link IS NOT NULL),
    CONSTRAINT booking_completion CHECK ((status = 'COMPLETED') = (head_count IS NOT NULL)),

    -- What has been held stays occupied: nobody can have been at two places at once in the past either.
    CONSTRAINT lecturer_occupied EXCLUDE USING gist (
        lecturer_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&)
        WHERE (status IN ('HELD', 'CONFIRMED', 'COMPLETED')),
    CONSTRAINT venue_occupied EXCLUDE USING gist (
        venue_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&)
        WHERE (status IN ('HELD', 'CONFIRMED', 'COMPLETED') AND venue_id IS NOT NULL),
    CONSTRAINT branch_occupied EXCLUDE USING gist (
        branch_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&)
        WHERE (status IN ('HELD', 'CONFIRMED', 'COMPLETED') AND branch_exclusive)
);
CREATE INDEX booking_by_start ON booking (starts_at, id);
CREATE INDEX booking_by_lecturer ON booking (lecturer_id, starts_at);
CREATE INDEX booking_by_branch ON booking (branch_id, starts_at);
CREATE INDEX booking_by_venue ON booking (venue_id, starts_at) WHERE venue_id IS NOT NULL;
CREATE INDEX booking_by_topic ON booking (topic_id, starts_at);

-- One row per version of a booking: the whole state after the change, who made it and why. Never changed.
CREATE TABLE booking_history (
    booking_id uuid        NOT NULL REFERENCES booking,
    version    integer     NOT NULL CHECK (version >= 1),
    action     text        NOT NULL,
    at         timestamptz NOT NULL,
    actor      text        NOT NULL,
    reason     text,
    state      jsonb       NOT NULL,
    PRIMARY KEY (booking_id, version)
);

CREATE TABLE idempotency (
    principal   text        NOT NULL,
    key         text        NOT NULL,
    -- SHA-256 of what was asked: the same key with another request is refused
    fingerprint bytea       NOT NULL,
    status      integer,
    location    text,
    etag        text,
    body        text,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
