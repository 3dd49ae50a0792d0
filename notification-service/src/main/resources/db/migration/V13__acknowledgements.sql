-- A branch says that it knows. At most one per notice, and so per branch and version of a booking.

CREATE TABLE acknowledgement (
    notice_id  uuid PRIMARY KEY REFERENCES notice,
    branch_id  uuid        NOT NULL,
    booking_id uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    at         timestamptz NOT NULL,
    channel    text        NOT NULL CHECK (channel IN ('in-app', 'link', 'organizer')),
    -- the subject of the access token; nobody's name is known behind a link
    who        text,
    CONSTRAINT acknowledgement_once UNIQUE (branch_id, booking_id, version)
);

-- Events on their way to Kafka: written in the transaction of what they tell. They commute, so no order is kept.
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
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;
