-- What the notification service reports over Kafka: which branches were notified and which acknowledged.

CREATE TABLE acknowledgement (
    booking_id  uuid        NOT NULL,   -- no foreign keys: after a restore an acknowledgement may name a lost booking
    branch_id   uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    at          timestamptz NOT NULL,
    channel     text        NOT NULL,
    event_id    uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    written_in  xid8        NOT NULL DEFAULT pg_current_xact_id(), -- see audit_entry
    PRIMARY KEY (booking_id, branch_id, version)
);
CREATE INDEX acknowledgement_by_transaction ON acknowledgement (written_in);

-- A delivery that turned out undeliverable is withdrawn. The two events may arrive in either order.
CREATE TABLE notice_delivered (
    booking_id   uuid        NOT NULL,   -- no foreign keys, as with acknowledgements
    branch_id    uuid        NOT NULL,
    version      integer     NOT NULL CHECK (version >= 1),
    at           timestamptz NOT NULL,
    channel      text        NOT NULL,
    event_id     uuid        NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz,
    written_in   xid8        NOT NULL DEFAULT pg_current_xact_id(), -- the last change; see audit_entry
    PRIMARY KEY (booking_id, branch_id, version, event_id)
);
CREATE INDEX notice_delivered_by_transaction ON notice_delivered (written_in);

-- The position of each partition: written in the transaction of the effects.
CREATE TABLE consumer_offset (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    next_offset bigint      NOT NULL CHECK (next_offset >= 0),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition)
);

-- Records that cannot be understood, exactly as they came.
CREATE TABLE acknowledgement_quarantine (
    topic         text        NOT NULL,
    partition     integer     NOT NULL,
    record_offset bigint      NOT NULL,
    reason        text        NOT NULL,
    value         bytea,
    quarantined_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, record_offset)
);
