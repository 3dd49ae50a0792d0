-- The audit log is append-only: even the owner of the database is refused, unless a trigger is dropped first.

CREATE OR REPLACE FUNCTION audit_await_seal() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_waiting (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
