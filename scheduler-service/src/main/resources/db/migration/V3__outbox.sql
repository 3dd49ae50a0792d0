-- Events on their way to Kafka: written in the transaction of the change, sent by the relay.

-- Which life of this database an event stems from. A restore from a backup starts a new life: replace the row then,
-- so that consumers can tell re-used version numbers apart.
CREATE TABLE incarnation (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id       uuid        NOT NULL,
    since    timestamptz NOT NULL
);
INSERT INTO incarnation (id, since) VALUES (uuidv7(), now());

CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    aggregate_id uuid        NOT NULL,
    version      integer     NOT NULL CHECK (version >= 1),
    incarnation  uuid        NOT NULL,
    topic        text        NOT NULL,
    type         text        NOT NULL,
    data         text        NOT NULL,
    traceparent  text,
    occurred_at  timestamptz NOT NULL,
    published_at timestamptz,
    CONSTRAINT outbox_one_event_per_version UNIQUE (aggregate_id, version)
);
-- The relay looks only at what is unpublished: the lowest version of each aggregate, oldest first.
CREATE INDEX outbox_unpublished_by_aggregate ON outbox (aggregate_id, version) WHERE published_at IS NULL;
CREATE INDEX outbox_unpublished_by_age ON outbox (occurred_at, id) WHERE published_at IS NULL;
