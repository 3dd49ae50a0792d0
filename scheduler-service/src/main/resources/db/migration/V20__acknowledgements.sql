-- What branches have acknowledged, as the notification service tells it over Kafka.

CREATE TABLE acknowledgement (
    booking_id  uuid        NOT NULL,   -- no foreign keys: after a restore an acknowledgement may know of more than we do
    branch_id   uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    at          timestamptz NOT NULL,
    channel     text        NOT NULL,
    event_id    uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (booking_id, branch_id, version)
);

-- How far each partition was taken in: written in the transaction of the effects.
CREATE TABLE consumer_offset (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    next_offset bigint      NOT NULL CHECK (next_offset >= 0),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition)
);

-- Records that say nothing we understand, exactly as they came.
CREATE TABLE acknowledgement_set_aside (
    topic         text        NOT NULL,
    partition     integer     NOT NULL,
    record_offset bigint      NOT NULL,
    reason        text        NOT NULL,
    value         bytea,
    set_aside_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, record_offset)
);

-- The version of a booking that its branches were last told of; none while it is a hold. A hold may be moved without
-- anybody knowing, and what ends a lecture tells nobody anything new.
CREATE FUNCTION told_version(booking uuid) RETURNS integer
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT max(e.version) FROM audit_entry e
    WHERE e.kind = 'BOOKING' AND e.subject = cast(booking AS text)
      AND e.action IN ('CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED')
      AND e.version >= (SELECT min(c.version) FROM audit_entry c
                        WHERE c.kind = 'BOOKING' AND c.subject = cast(booking AS text) AND c.action = 'CONFIRMED');
END;

-- Since V12 the history of requests is in audit_entry, too.
DROP TABLE lecture_request_history;
