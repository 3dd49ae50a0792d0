-- Events on their way to Kafka: written in the transaction of what they report. They commute, so no order is kept. Published
-- rows are deleted by their id, a UUIDv7 that tells when they were written.

CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    topic        text        NOT NULL,
    type         text        NOT NULL,
    subject      uuid        NOT NULL,
    version      integer     NOT NULL,
    data         text        NOT NULL,
    traceparent  text,
    occurred_at  timestamptz NOT NULL,
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at timestamptz
);
CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL;
