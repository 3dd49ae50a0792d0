-- What the relay and its operators need to know of an event: how long it has waited, why it was not taken, until when it
-- may be asked for again.

ALTER TABLE outbox
    -- when it came into the outbox, by the database's clock; occurred_at may be long before, as with expired holds
    ADD written_at      timestamptz,
    -- until when consumers that begin anew need it; whole aggregates are kept or removed
    ADD needed_until    timestamptz,
    ADD failures        integer NOT NULL DEFAULT 0,
    ADD next_attempt_at timestamptz,
    ADD last_failure    text,
    -- when an operator last asked for it to be sent again
    ADD requeued_at     timestamptz;

UPDATE outbox o SET written_at = o.occurred_at,
    needed_until = CASE WHEN o.topic = 'lectern.branches' THEN 'infinity'
                        ELSE (SELECT b.ends_at FROM booking b WHERE b.id = o.aggregate_id) END;

ALTER TABLE outbox
    ALTER written_at SET DEFAULT clock_timestamp(),
    ALTER written_at SET NOT NULL;

CREATE INDEX outbox_by_writing ON outbox (written_at);

-- Who had events sent again, which, and why. Rows are added, never changed.
CREATE TABLE outbox_replay (
    id         uuid PRIMARY KEY,
    at         timestamptz NOT NULL,
    actor      text        NOT NULL,
    reason     text        NOT NULL,
    selection  text        NOT NULL,
    events     integer     NOT NULL,
    aggregates integer     NOT NULL
);
CREATE INDEX outbox_replay_by_age ON outbox_replay (at DESC);
