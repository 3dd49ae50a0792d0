-- Endpoints that fail: their circuit breaker, fair turns in the queue, and deliveries that are sent again by hand.

-- Waits for its receiver to prove that it wants to be told; nothing is sent there before.
ALTER TABLE endpoint ADD pending boolean NOT NULL DEFAULT false;
-- Why it was switched off by the service rather than by a person.
ALTER TABLE endpoint ADD disabled_reason text;
ALTER TABLE endpoint ADD usable boolean GENERATED ALWAYS AS (enabled AND NOT pending AND removed_at IS NULL) STORED;
ALTER TABLE endpoint ADD CONSTRAINT endpoint_disabled_for_a_reason CHECK (disabled_reason IS NULL OR NOT enabled);

-- A row only while an endpoint fails: written with the end of each attempt, deleted by the first success.
CREATE TABLE endpoint_breaker (
    endpoint_id   uuid PRIMARY KEY REFERENCES endpoint (id),
    failures      integer     NOT NULL CHECK (failures >= 1),  -- in a row
    failing_since timestamptz NOT NULL,
    openings      integer     NOT NULL DEFAULT 0 CHECK (openings >= 0),
    open_until    timestamptz,             -- nothing is sent before; then one probe at a time
    probe         uuid,                    -- the delivery that is the probe under way; it has until open_until
    CONSTRAINT endpoint_breaker_opened CHECK ((openings > 0) = (open_until IS NOT NULL))
);

-- Whose turn it is, endpoint by endpoint: one probe of this index finds the next endpoint, another its oldest delivery.
CREATE INDEX delivery_turn ON delivery (endpoint_id, next_attempt_at, sequence) WHERE state = 'READY';
CREATE INDEX delivery_under_way ON delivery (endpoint_id) WHERE state = 'LEASED';

-- Attempts of earlier series: a delivery that is sent again gets the whole schedule again and keeps its history.
ALTER TABLE delivery ADD attempts_before integer NOT NULL DEFAULT 0 CHECK (attempts_before >= 0);
ALTER TABLE delivery ADD CONSTRAINT delivery_attempts_of_this_series CHECK (attempts_before <= attempts);

-- Who had something sent again, when and why; what it was before.
CREATE TABLE delivery_resend (
    id           uuid PRIMARY KEY,
    delivery_id  uuid        NOT NULL REFERENCES delivery (id),
    at           timestamptz NOT NULL,
    actor        text        NOT NULL,
    reason       text        NOT NULL CHECK (reason <> ''),
    state_before text        NOT NULL,
    reason_before text,
    attempts_before integer  NOT NULL
);
CREATE INDEX delivery_resend_of ON delivery_resend (delivery_id, at);
