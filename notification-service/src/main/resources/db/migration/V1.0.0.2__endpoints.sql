-- Where each branch is reached, whether the address is confirmed, and how the endpoint behaves.

CREATE TABLE endpoint (
    id              uuid PRIMARY KEY,
    branch_id       uuid        NOT NULL REFERENCES recipient (id),
    channel         text        NOT NULL CHECK (channel <> ''),
    address         text,                    -- erased when the endpoint is removed
    enabled         boolean     NOT NULL,
    version         integer     NOT NULL CHECK (version >= 1),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    removed_at      timestamptz,             -- the row stays for the delivery log
    -- waits until its receiver proves that it accepts messages; nothing else is sent there before
    pending         boolean     NOT NULL DEFAULT false,
    disabled_reason text,                    -- why the service, not a person, disabled it
    usable          boolean GENERATED ALWAYS AS (enabled AND NOT pending AND removed_at IS NULL) STORED,
    secret          text,                    -- encrypted by the service
    unsubscribed_at timestamptz,             -- refuses digests; only urgent messages are sent
    fallback        boolean     NOT NULL DEFAULT false,     -- used when no other endpoint reaches the branch
    confirmed_at    timestamptz,             -- when the owner confirmed the address
    vouched_by      text,                    -- the organizer who vouched for the address
    vouched_at      timestamptz,
    vouched_reason  text CHECK (vouched_reason <> ''),
    CONSTRAINT endpoint_address_until_removed CHECK ((address IS NULL) = (removed_at IS NOT NULL)),
    CONSTRAINT endpoint_secret_until_removed CHECK (removed_at IS NULL OR secret IS NULL),
    CONSTRAINT endpoint_disabled_for_a_reason CHECK (disabled_reason IS NULL OR NOT enabled),
    CONSTRAINT endpoint_vouched_completely CHECK (num_nulls(vouched_by, vouched_at, vouched_reason) IN (0, 3))
);
-- Mailboxes are the same in either case, web addresses are not.
CREATE UNIQUE INDEX endpoint_once_per_branch
    ON endpoint (branch_id, channel, (CASE WHEN channel = 'email' THEN lower(address) ELSE address END))
    WHERE removed_at IS NULL;
CREATE INDEX endpoint_stepping_in ON endpoint (branch_id) WHERE fallback AND usable;

-- Secrets before the present one, each valid as long as its receiver was promised: one rotation does not end another early.
CREATE TABLE endpoint_former_secret (
    endpoint_id uuid        NOT NULL REFERENCES endpoint (id),
    secret      text        NOT NULL,
    valid_until timestamptz NOT NULL,
    PRIMARY KEY (endpoint_id, secret)
);

-- Circuit breaker. A row exists while an endpoint fails: written at the end of each attempt, deleted by the first success.
CREATE TABLE endpoint_breaker (
    endpoint_id   uuid PRIMARY KEY REFERENCES endpoint (id),
    failures      integer     NOT NULL CHECK (failures >= 1),  -- consecutive
    failing_since timestamptz NOT NULL,
    openings      integer     NOT NULL DEFAULT 0 CHECK (openings >= 0),
    open_until    timestamptz,             -- nothing is sent before; then one probe at a time
    probe         uuid,                    -- the delivery that probes; it has until open_until
    CONSTRAINT endpoint_breaker_opened CHECK ((openings > 0) = (open_until IS NOT NULL))
);

-- Tests and verifications on request: few per minute, for each makes this service call a foreign system.
CREATE TABLE endpoint_trial (
    id          uuid PRIMARY KEY,
    endpoint_id uuid        NOT NULL REFERENCES endpoint (id),
    kind        text        NOT NULL CHECK (kind IN ('TEST', 'VERIFICATION')),
    actor       text        NOT NULL,
    at          timestamptz NOT NULL,
    outcome     text,
    answer      text
);
CREATE INDEX endpoint_trial_of ON endpoint_trial (endpoint_id, at);
CREATE INDEX endpoint_trial_by ON endpoint_trial (actor, at);

-- Endpoints that the service disabled or cannot reach: their branch is notified once.
CREATE TABLE endpoint_trouble (
    endpoint_id uuid PRIMARY KEY REFERENCES endpoint (id),
    off         boolean     NOT NULL,
    reason      text        NOT NULL,
    since       timestamptz NOT NULL,
    notified_at     timestamptz
);
CREATE INDEX endpoint_trouble_untold ON endpoint_trouble (since) WHERE notified_at IS NULL;

-- Who changed which endpoint, when, and the states before and after. Addresses are masked and secrets left out. A change and
-- its entry are one transaction. Append-only; entries are kept for at least a year, whatever the configured retention.
CREATE TABLE endpoint_change (
    id           uuid PRIMARY KEY,                  -- UUIDv7: in the order of time
    endpoint_id  uuid        NOT NULL REFERENCES endpoint (id),
    branch_id    uuid        NOT NULL,
    version      integer     NOT NULL CHECK (version >= 1),
    actions         text[]      NOT NULL CHECK (cardinality(actions) >= 1 AND actions <@ ARRAY[
        'ADDED', 'ADDRESS_CHANGED', 'SECRET_CHANGED', 'SECRET_ROTATED', 'ENABLED', 'DISABLED', 'FALLBACK_CHANGED',
        'VOUCHED', 'VERIFIED', 'CONFIRMED', 'REFUSED', 'UNSUBSCRIBED', 'SUBSCRIBED', 'FAILING', 'RECOVERED', 'REMOVED']),
    actor        text        NOT NULL CHECK (actor <> ''),
    reason       text CHECK (reason <> ''),
    state_before jsonb,
    state_after  jsonb,
    at           timestamptz NOT NULL,
    CONSTRAINT endpoint_change_states CHECK (
        (state_before IS NULL) = ('ADDED' = ANY (actions)) AND (state_after IS NULL) = ('REMOVED' = ANY (actions)))
);
CREATE INDEX endpoint_change_of ON endpoint_change (endpoint_id, id);

-- How many messages a robot accepts now: refilled by the database's clock, taken by the sender.
CREATE TABLE robot_budget (
    robot     text PRIMARY KEY,              -- the channel and a fingerprint of the robot's key
    tokens    double precision NOT NULL,
    filled_at timestamptz      NOT NULL,
    paused_until timestamptz                 -- the platform answered "too fast"
);

-- Mailboxes that a mail server has refused for good. Only the hash is kept: they may belong to no endpoint any more.
CREATE TABLE bounced_address (
    hash   bytea PRIMARY KEY,
    reason text        NOT NULL,
    at     timestamptz NOT NULL
);

-- Owners who answered that a branch has the wrong address: that branch cannot use it.
CREATE TABLE refused_address (
    branch_id uuid        NOT NULL REFERENCES recipient (id),
    hash      bytea       NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (branch_id, hash)
);

-- One row per message that asks an owner to confirm an address; also the queue of those messages.
CREATE TABLE confirmation (
    id              uuid PRIMARY KEY,
    endpoint_id     uuid        NOT NULL REFERENCES endpoint (id),
    address_hash    bytea       NOT NULL,    -- the answer counts for this address only
    requested_by    text        NOT NULL,
    requested_at    timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    outcome         text CHECK (outcome IN ('SENT', 'FAILED', 'WITHDRAWN')),
    answer          text,
    ended_at        timestamptz,
    CONSTRAINT confirmation_ended CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX confirmation_due ON confirmation (next_attempt_at) WHERE outcome IS NULL;
CREATE INDEX confirmation_of ON confirmation (endpoint_id, requested_at);
CREATE INDEX confirmation_to ON confirmation (address_hash, requested_at);
CREATE INDEX confirmation_by ON confirmation (requested_by, requested_at);

-- Each attempt to send a confirmation message draws its own token; only the hash is kept.
CREATE TABLE confirmation_attempt (
    token_hash      bytea PRIMARY KEY,
    confirmation_id uuid        NOT NULL REFERENCES confirmation (id),
    number          integer     NOT NULL CHECK (number >= 1),
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    answer          text,
    UNIQUE (confirmation_id, number)
);
