-- Every change of everything, in one table that only grows: the history of bookings becomes part of it. The state before
-- a change is that of the version before, so it is not kept twice.

ALTER TABLE booking_history RENAME TO audit_entry;
ALTER TABLE audit_entry
    DROP CONSTRAINT booking_history_pkey,
    DROP CONSTRAINT booking_history_booking_id_fkey;
ALTER TABLE audit_entry RENAME COLUMN booking_id TO subject;
ALTER TABLE audit_entry RENAME CONSTRAINT booking_history_version_check TO audit_entry_version;
ALTER TABLE audit_entry
    ALTER COLUMN subject TYPE text USING cast(subject AS text),
    ADD COLUMN id uuid,
    ADD COLUMN kind text NOT NULL DEFAULT 'BOOKING';
UPDATE audit_entry SET id = uuidv7(at - now());
ALTER TABLE audit_entry
    ADD PRIMARY KEY (id),
    ALTER COLUMN kind DROP DEFAULT,
    ADD CONSTRAINT audit_entry_once_per_version UNIQUE (kind, subject, version);
CREATE INDEX audit_entry_by_time ON audit_entry (at, id);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, at, id);

-- Entries are chained after their transaction has committed, by one sealer at a time: writers never wait for each other.
-- hash = SHA-256 over position, the hash before and the whole entry in canonical JSON (RFC 8785).
CREATE TABLE audit_seal (
    position bigint PRIMARY KEY CHECK (position >= 1),
    entry_id uuid    NOT NULL CONSTRAINT audit_seal_once UNIQUE,
    -- what the entry was about, so that an auditor can be told even when it is gone
    kind     text    NOT NULL,
    subject  text    NOT NULL,
    version  integer NOT NULL,
    hash     bytea   NOT NULL CHECK (octet_length(hash) = 32)
);

-- Where the chain ends: whoever removes the newest seals has to change this too, and every copy of it that was given out.
CREATE TABLE audit_head (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position bigint NOT NULL,
    hash     bytea  NOT NULL
);
INSERT INTO audit_head (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Entries that wait for their seal, however they came in.
CREATE TABLE audit_waiting (entry_id uuid PRIMARY KEY);
INSERT INTO audit_waiting SELECT id FROM audit_entry;

CREATE FUNCTION audit_await_seal() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_waiting (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_awaits_seal AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_await_seal();

CREATE FUNCTION audit_only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
