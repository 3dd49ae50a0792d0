-- Contracts: the version before does not know the queue, so it must not run beside this migration or after it. Takes as long
-- as reading the outbox and writing what is unpublished.

-- What of the outbox waits for Kafka: a row from the commit of an event to the acknowledgement, narrow, so that taking it out
-- again is cheap. Events themselves stay in the outbox and are not touched by being published.
CREATE TABLE outbox_queue (
    -- of the event; by age
    id              uuid        PRIMARY KEY,
    aggregate_id    uuid        NOT NULL,
    version         integer     NOT NULL,
    topic           text        NOT NULL,
    -- since when it waits, by the database's clock
    queued_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    failures        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    last_failure    text,
    -- the lowest version of each aggregate goes first
    CONSTRAINT outbox_queue_by_aggregate UNIQUE (aggregate_id, version)
) WITH (
    -- rows come and go: what is dead is cleared away as soon as it is worth it, whatever the size of the table
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000
);

INSERT INTO outbox_queue (id, aggregate_id, version, topic, queued_at, failures, next_attempt_at, last_failure)
SELECT id, aggregate_id, version, topic, coalesce(requeued_at, written_at), failures, next_attempt_at, last_failure
FROM outbox WHERE published_at IS NULL;

-- the indexes of what is unpublished go with the column
ALTER TABLE outbox
    DROP published_at,
    DROP failures,
    DROP next_attempt_at,
    DROP last_failure;
