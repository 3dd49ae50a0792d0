-- The delivery queue: one notice over one channel to one endpoint, with its attempts.

CREATE TABLE delivery (
    id              uuid PRIMARY KEY,
    notice_id       uuid        NOT NULL REFERENCES notice (id),
    endpoint_id     uuid        NOT NULL REFERENCES endpoint (id),
    branch_id       uuid        NOT NULL,
    subject_id      uuid        NOT NULL,
    sequence        bigint      NOT NULL,    -- of the notice: the order per endpoint and subject
    channel         text        NOT NULL,
    state           text        NOT NULL
        CHECK (state IN ('READY', 'LEASED', 'DELIVERED', 'PARKED', 'DEAD', 'SUPERSEDED')),
    reason          text,
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    lease_until     timestamptz,
    lease_epoch     bigint      NOT NULL DEFAULT 0,
    traceparent     text,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,
    -- attempts of earlier series: a resent delivery gets the whole retry schedule again and keeps its history
    attempts_before integer     NOT NULL DEFAULT 0 CHECK (attempts_before >= 0),
    -- the delivery that covers this one
    superseded_by   uuid REFERENCES delivery (id),
    -- the number of the first notice that it coalesces: its own unless it replaced earlier ones; NULL: coalesces none
    coalesces_from    bigint,
    -- why a READY delivery waits, unless for a retry; 'receiver': the receiver named the time, so no success brings it forward
    waits_for       text CHECK (waits_for IN ('further-changes', 'quiet-hours', 'digest', 'budget', 'receiver')),
    -- the delivery that was stuck when this one stepped in
    fallback_for    uuid REFERENCES delivery (id),
    -- the planned time of a retry that a success at its endpoint has brought forward; at most once per retry
    planned_at      timestamptz,
    -- the message that deliveries were sent as, together or alone: they are retried as the same message
    message         uuid,
    UNIQUE (notice_id, endpoint_id),
    CONSTRAINT delivery_leased_until CHECK ((state = 'LEASED') = (lease_until IS NOT NULL)),
    CONSTRAINT delivery_over_for_a_reason CHECK ((state IN ('DEAD', 'SUPERSEDED')) = (reason IS NOT NULL)),
    CONSTRAINT delivery_finished CHECK ((state IN ('DELIVERED', 'DEAD', 'SUPERSEDED')) = (finished_at IS NOT NULL)),
    CONSTRAINT delivery_attempts_of_this_series CHECK (attempts_before <= attempts)
);
-- The claim: round robin over endpoints, and the oldest due deliveries, so that it need not visit all endpoints.
CREATE INDEX delivery_turn ON delivery (endpoint_id, next_attempt_at, sequence) WHERE state = 'READY';
CREATE INDEX delivery_oldest ON delivery (next_attempt_at, sequence) WHERE state = 'READY';
CREATE INDEX delivery_under_way ON delivery (endpoint_id) WHERE state = 'LEASED';
CREATE INDEX delivery_leases ON delivery (lease_until) WHERE state = 'LEASED';
CREATE INDEX delivery_expiry ON delivery (expires_at) WHERE state IN ('READY', 'PARKED');
CREATE INDEX delivery_line ON delivery (endpoint_id, subject_id, sequence) WHERE state IN ('READY', 'LEASED', 'PARKED');
CREATE INDEX delivery_of_message ON delivery (message, sequence) WHERE message IS NOT NULL;
CREATE INDEX delivery_newest ON delivery (created_at DESC, id DESC);
CREATE INDEX delivery_by_branch ON delivery (branch_id, created_at DESC, id DESC);
CREATE INDEX delivery_by_subject ON delivery (subject_id);
-- Removal asks who refers to a delivery.
CREATE INDEX delivery_superseding ON delivery (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX delivery_stuck ON delivery (fallback_for) WHERE fallback_for IS NOT NULL;

-- Written when the attempt begins; without an outcome it is under way or its process died. Each row is updated once soon
-- after: the free space keeps that update on the same page.
CREATE TABLE delivery_attempt (
    delivery_id uuid        NOT NULL REFERENCES delivery (id),
    number      integer     NOT NULL CHECK (number >= 1),
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    outcome     text CHECK (outcome IN ('DELIVERED', 'RETRY', 'FAILED')),
    answer      text,
    PRIMARY KEY (delivery_id, number)
) WITH (fillfactor = 75);

-- Who had a delivery sent again, when and why, and its state before.
CREATE TABLE delivery_resend (
    id              uuid PRIMARY KEY,
    delivery_id     uuid        NOT NULL REFERENCES delivery (id),
    at              timestamptz NOT NULL,
    actor           text        NOT NULL,
    reason          text        NOT NULL CHECK (reason <> ''),
    state_before    text        NOT NULL,
    reason_before   text,
    attempts_before integer     NOT NULL
);
CREATE INDEX delivery_resend_of ON delivery_resend (delivery_id, at);

-- What mail servers reported after they had accepted a delivery.
CREATE TABLE delivery_report (
    delivery_id uuid        NOT NULL REFERENCES delivery (id),
    message     bytea       NOT NULL,      -- SHA-256 of its octets
    at          timestamptz NOT NULL,
    action      text        NOT NULL CHECK (action IN ('FAILED', 'DELAYED', 'RELAYED')),
    status      text        NOT NULL,      -- RFC 3463
    PRIMARY KEY (delivery_id, message)
);
