-- Who changed which endpoint, when and from what to what. Addresses are masked and secrets left out. A change and its entry
-- are one transaction.

CREATE TABLE endpoint_change (
    id           uuid PRIMARY KEY,                  -- UUIDv7: in the order of time
    endpoint_id  uuid        NOT NULL REFERENCES endpoint (id),
    branch_id    uuid        NOT NULL,
    version      integer     NOT NULL CHECK (version >= 1),
    acts         text[]      NOT NULL CHECK (cardinality(acts) >= 1 AND acts <@ ARRAY[
        'ADDED', 'ADDRESS_CHANGED', 'SECRET_CHANGED', 'SECRET_ROTATED', 'SWITCHED_ON', 'SWITCHED_OFF', 'FALLBACK_CHANGED',
        'VOUCHED', 'VERIFIED', 'CONFIRMED', 'REFUSED', 'UNSUBSCRIBED', 'SUBSCRIBED', 'FAILING', 'REMOVED']),
    actor        text        NOT NULL CHECK (actor <> ''),
    reason       text CHECK (reason <> ''),
    state_before jsonb,
    state_after  jsonb,
    at           timestamptz NOT NULL,
    CONSTRAINT endpoint_change_states CHECK (
        (state_before IS NULL) = ('ADDED' = ANY (acts)) AND (state_after IS NULL) = ('REMOVED' = ANY (acts)))
);
CREATE INDEX endpoint_change_of ON endpoint_change (endpoint_id, id);

-- Entries are never changed, and are kept for a year at least, whatever the retention is set to.
CREATE TRIGGER endpoint_change_only_grows BEFORE UPDATE OR TRUNCATE ON endpoint_change
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_act_only_grows();

CREATE FUNCTION keep_endpoint_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at > now() - interval '365 days' THEN
        RAISE EXCEPTION 'Entries of endpoint_change are kept for a year' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER endpoint_change_kept BEFORE DELETE ON endpoint_change
    FOR EACH ROW EXECUTE FUNCTION keep_endpoint_change();
