-- Tables with rows that never change: even the owner of the database is refused, unless a trigger is dropped first.

CREATE OR REPLACE FUNCTION quarantine_action_only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION keep_quarantine_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.acted_at > now() - interval '365 days' THEN
        RAISE EXCEPTION 'Decisions about quarantined records are kept for a year' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
