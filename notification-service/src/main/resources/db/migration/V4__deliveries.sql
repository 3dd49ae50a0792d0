-- The delivery queue: one notice over one channel to one endpoint, with its attempts.

CREATE TABLE delivery (
    id              uuid PRIMARY KEY,
    notice_id       uuid        NOT NULL REFERENCES notice (id),
    endpoint_id     uuid        NOT NULL REFERENCES endpoint (id),
    branch_id       uuid        NOT NULL,
    booking_id      uuid        NOT NULL,
    sequence        bigint      NOT NULL,    -- of the notice: the order per endpoint and booking
    channel         text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('READY', 'LEASED', 'DELIVERED', 'PARKED', 'DEAD')),
    reason          text,
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    lease_until     timestamptz,
    lease_epoch     bigint      NOT NULL DEFAULT 0,
    traceparent     text,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    UNIQUE (notice_id, endpoint_id),
    CONSTRAINT delivery_leased_until CHECK ((state = 'LEASED') = (lease_until IS NOT NULL)),
    CONSTRAINT delivery_dead_for_a_reason CHECK ((state = 'DEAD') = (reason IS NOT NULL)),
    CONSTRAINT delivery_finished CHECK ((state IN ('DELIVERED', 'DEAD')) = (finished_at IS NOT NULL))
);
CREATE INDEX delivery_due ON delivery (next_attempt_at) WHERE state = 'READY';
CREATE INDEX delivery_leases ON delivery (lease_until) WHERE state = 'LEASED';
CREATE INDEX delivery_expiry ON delivery (expires_at) WHERE state IN ('READY', 'PARKED');
CREATE INDEX delivery_line ON delivery (endpoint_id, booking_id, sequence) WHERE state IN ('READY', 'LEASED', 'PARKED');
CREATE INDEX delivery_newest ON delivery (created_at DESC, id DESC);
CREATE INDEX delivery_by_branch ON delivery (branch_id, created_at DESC, id DESC);
CREATE INDEX delivery_by_booking ON delivery (booking_id);

-- A row is written when the attempt begins; without an outcome the process died or is still at it.
CREATE TABLE delivery_attempt (
    delivery_id uuid        NOT NULL REFERENCES delivery (id),
    number      integer     NOT NULL CHECK (number >= 1),
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    outcome     text CHECK (outcome IN ('DELIVERED', 'TRY_AGAIN', 'GIVE_UP')),
    answer      text,
    PRIMARY KEY (delivery_id, number)
);
