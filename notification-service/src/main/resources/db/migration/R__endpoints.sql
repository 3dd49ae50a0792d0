-- The last guards of endpoints and of their history.

-- A mailbox that neither its owner confirmed nor an organizer vouched for waits for a confirmation; a new address voids both.
CREATE OR REPLACE FUNCTION hold_unconfirmed_mailbox() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION keep_endpoint_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at > now() - interval '365 days' THEN
        RAISE EXCEPTION 'Entries of endpoint_change are kept for a year' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
