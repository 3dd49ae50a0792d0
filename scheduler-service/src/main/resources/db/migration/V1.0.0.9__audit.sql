-- Every change of everything, in one append-only table. The state before a change is that of the version before, so it is not
-- stored twice.

CREATE TABLE audit_entry (
    id              uuid PRIMARY KEY,
    kind            text        NOT NULL,
    subject         text        NOT NULL,
    version         integer     NOT NULL CONSTRAINT audit_entry_version CHECK (version >= 1),
    action          text        NOT NULL,
    at              timestamptz NOT NULL,
    actor           text        NOT NULL,
    reason          text,
    state           jsonb       NOT NULL,
    -- the rules that an organizer overrode, and why
    override_reason text,
    overridden      text[]      NOT NULL DEFAULT '{}',
    -- the transaction that wrote it: a snapshot tells which entries its reader has not seen, in whatever order they committed
    written_in      xid8        NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT audit_entry_once_per_version UNIQUE (kind, subject, version)
);
CREATE INDEX audit_entry_by_time ON audit_entry (at, id);
CREATE INDEX audit_entry_by_transaction ON audit_entry (written_in);
-- Few versions override a rule.
CREATE INDEX audit_entry_overridden ON audit_entry (subject) WHERE overridden <> '{}';
-- The code of a reason is part of the state, so the hash of the entry covers it.
CREATE INDEX audit_entry_by_reason_code ON audit_entry ((state ->> 'reasonCode'), at, id) WHERE state ->> 'reasonCode' IS NOT NULL;
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, at, id);

-- Entries are chained after their transaction has committed, by one sealer at a time: writers never wait for each other.
-- hash = SHA-256 over position, the hash before and the whole entry in canonical JSON (RFC 8785).
CREATE TABLE audit_seal (
    position bigint PRIMARY KEY CHECK (position >= 1),
    entry_id uuid    NOT NULL CONSTRAINT audit_seal_once UNIQUE,
    -- the subject of the entry, so that an auditor can name it even if it is gone
    kind     text    NOT NULL,
    subject  text    NOT NULL,
    version  integer NOT NULL,
    hash     bytea   NOT NULL CHECK (octet_length(hash) = 32)
);

-- The end of the chain: removing the newest seals means changing this too, and every published copy of it.
CREATE TABLE audit_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position bigint NOT NULL,
    hash     bytea  NOT NULL
);
INSERT INTO audit_head (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Entries that wait for their seal.
CREATE TABLE audit_waiting (entry_id uuid PRIMARY KEY);
