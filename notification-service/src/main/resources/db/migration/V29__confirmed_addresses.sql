-- An e-mail address is confirmed by its owner, or an organizer vouches for it, before anything else is sent there.

ALTER TABLE endpoint ADD confirmed_at timestamptz;      -- when the owner confirmed the address
ALTER TABLE endpoint ADD vouched_by text;               -- the organizer who vouched for it
ALTER TABLE endpoint ADD vouched_at timestamptz;
ALTER TABLE endpoint ADD vouched_reason text CHECK (vouched_reason <> '');
ALTER TABLE endpoint ADD CONSTRAINT endpoint_vouched_completely
    CHECK (num_nulls(vouched_by, vouched_at, vouched_reason) IN (0, 3));

UPDATE endpoint SET vouched_by = 'migration', vouched_at = now(), vouched_reason = 'in use before addresses were confirmed'
WHERE channel = 'email' AND NOT pending AND removed_at IS NULL;

-- The last guard, also while the version before runs beside this one: it adds and moves mailboxes without asking anybody.
-- What it writes waits for a confirmation instead of being refused.
CREATE FUNCTION hold_unconfirmed_mailbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.address <> OLD.address
            AND (NEW.confirmed_at, NEW.vouched_at) IS NOT DISTINCT FROM (OLD.confirmed_at, OLD.vouched_at) THEN
        NEW.confirmed_at = NULL;
        NEW.vouched_by = NULL;
        NEW.vouched_at = NULL;
        NEW.vouched_reason = NULL;
    END IF;
    IF NEW.confirmed_at IS NULL AND NEW.vouched_at IS NULL AND NEW.removed_at IS NULL THEN
        NEW.pending = true;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER endpoint_unconfirmed BEFORE INSERT OR UPDATE ON endpoint
    FOR EACH ROW WHEN (NEW.channel = 'email') EXECUTE FUNCTION hold_unconfirmed_mailbox();

-- One row per message that asks an owner; also the queue of those messages.
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

-- Each attempt to send a message draws a token of its own; only its hash is kept.
CREATE TABLE confirmation_attempt (
    token_hash      bytea PRIMARY KEY,
    confirmation_id uuid        NOT NULL REFERENCES confirmation (id),
    number          integer     NOT NULL CHECK (number >= 1),
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    answer          text,
    UNIQUE (confirmation_id, number)
);

-- Owners who said that a branch has the wrong address: that branch cannot use it.
CREATE TABLE refused_address (
    branch_id uuid        NOT NULL REFERENCES branch (id),
    hash      bytea       NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (branch_id, hash)
);
