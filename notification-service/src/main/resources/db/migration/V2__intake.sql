-- What came from Kafka and what became of it.

-- Every booking event ever taken in: keeping its id is what makes a repeat harmless.
CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    type        text        NOT NULL,
    subject     uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    received_at timestamptz NOT NULL
);

-- The last version of each booking that was applied. Never deleted: it tells old repeats from news.
CREATE TABLE booking_view (
    booking_id  uuid PRIMARY KEY,
    incarnation uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 0),
    state       text        NOT NULL,
    updated_at  timestamptz NOT NULL
);

-- Events that came too early: before an earlier version of their booking, or before their branch.
CREATE TABLE held_event (
    booking_id  uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    event_id    uuid        NOT NULL UNIQUE,
    branch_id   uuid        NOT NULL,
    type        text        NOT NULL,
    incarnation uuid        NOT NULL,
    occurred_at timestamptz NOT NULL,
    traceparent text,
    value       bytea       NOT NULL,
    held_since  timestamptz NOT NULL,
    PRIMARY KEY (booking_id, version)
);
CREATE INDEX held_event_by_branch ON held_event (branch_id);

-- Records that cannot be taken in, exactly as they came.
CREATE TABLE quarantine (
    id             uuid PRIMARY KEY,
    topic          text        NOT NULL,
    partition      integer     NOT NULL,
    record_offset  bigint      NOT NULL,
    record_key     bytea,
    headers        text        NOT NULL,     -- JSON: [{"name": …, "value": base64}]
    value          bytea,
    reason         text        NOT NULL,
    quarantined_at timestamptz NOT NULL,
    UNIQUE (topic, partition, record_offset)
);

-- How far each partition was taken in: written in the transaction of the effects.
CREATE TABLE consumer_offset (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    next_offset bigint      NOT NULL CHECK (next_offset >= 0),
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (topic, partition)
);
