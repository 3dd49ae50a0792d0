-- Travel is judged by the outcome too when a transaction changes several bookings: the check becomes deferrable, like
-- the exclusion constraints, and stays INITIALLY IMMEDIATE. A check that was put off looks at the lecture as it is by
-- then, not as it was when it was queued: it may have been moved again, cancelled, or been lifted meanwhile.

CREATE OR REPLACE FUNCTION check_lecturer_travel() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    present booking;
BEGIN
    -- each statement below must see what others committed while this waited for the lecturer
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'bookings are placed under READ COMMITTED';
    END IF;
    SELECT * INTO present FROM booking WHERE id = NEW.id;
    IF NOT FOUND OR present.travel_lifted OR present.status NOT IN ('HELD', 'CONFIRMED', 'COMPLETED') THEN
        RETURN NULL;
    END IF;
    PERFORM FROM lecturer WHERE id = present.lecturer_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM travel_shortfalls(present.id, present.lecturer_id, present.venue_id, present.branch_id,
                                             present.occupied_from, present.occupied_until)) THEN
        RAISE EXCEPTION 'the lecturer cannot get there in time'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'lecturer_travel', TABLE = 'booking';
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER lecturer_travel_of_new ON booking;
DROP TRIGGER lecturer_travel_of_moved ON booking;
CREATE CONSTRAINT TRIGGER lecturer_travel_of_new AFTER INSERT ON booking
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED') AND NOT NEW.travel_lifted)
    EXECUTE FUNCTION check_lecturer_travel();
CREATE CONSTRAINT TRIGGER lecturer_travel_of_moved AFTER UPDATE ON booking
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED') AND NOT NEW.travel_lifted
          AND (OLD.status NOT IN ('HELD', 'CONFIRMED', 'COMPLETED')
               OR (OLD.lecturer_id, OLD.venue_id, OLD.branch_id, OLD.occupied_from, OLD.occupied_until)
                  IS DISTINCT FROM (NEW.lecturer_id, NEW.venue_id, NEW.branch_id, NEW.occupied_from, NEW.occupied_until)))
    EXECUTE FUNCTION check_lecturer_travel();
