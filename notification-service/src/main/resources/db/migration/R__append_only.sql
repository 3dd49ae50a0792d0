-- Tables with rows that never change: even the owner of the database is refused, unless a trigger is dropped first.

CREATE OR REPLACE FUNCTION quarantine_action_only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
