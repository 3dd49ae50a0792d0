-- PostgreSQL runs the triggers of one event in the order of their names: a conflict of branches is reported before a travel
-- shortfall.
CREATE OR REPLACE TRIGGER branches_of_new AFTER INSERT ON booking FOR EACH ROW EXECUTE FUNCTION occupy_host();
CREATE OR REPLACE TRIGGER branches_of_changed AFTER UPDATE ON booking FOR EACH ROW
    WHEN ((OLD.status, OLD.occupied_from, OLD.occupied_until, OLD.branch_exclusive, OLD.branch_id)
          IS DISTINCT FROM (NEW.status, NEW.occupied_from, NEW.occupied_until, NEW.branch_exclusive, NEW.branch_id)
          OR NEW.campaign_id IS NOT NULL
             AND (OLD.lecturer_id, OLD.topic_id, OLD.starts_at, OLD.ends_at, OLD.hold_expires_at, OLD.head_count)
                 IS DISTINCT FROM
                 (NEW.lecturer_id, NEW.topic_id, NEW.starts_at, NEW.ends_at, NEW.hold_expires_at, NEW.head_count))
    EXECUTE FUNCTION occupy_branches();
CREATE OR REPLACE TRIGGER coverage_changed_by_booking AFTER UPDATE ON booking FOR EACH ROW
    WHEN (NEW.campaign_id IS NOT NULL) EXECUTE FUNCTION coverage_changed_by_booking();

-- Travel is checked only when a lecture is placed or moved: a place that turns out to be elsewhere does not prevent confirming,
-- cancelling or completing a booking. Deferrable like the exclusion constraints. A constraint trigger cannot be replaced: it is
-- dropped and created again in this transaction, so no statement runs without it.
DROP TRIGGER IF EXISTS lecturer_travel_of_new ON booking;
CREATE CONSTRAINT TRIGGER lecturer_travel_of_new AFTER INSERT ON booking
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (occupies(NEW.status) AND NOT NEW.travel_overridden)
    EXECUTE FUNCTION check_lecturer_travel();
DROP TRIGGER IF EXISTS lecturer_travel_of_moved ON booking;
CREATE CONSTRAINT TRIGGER lecturer_travel_of_moved AFTER UPDATE ON booking
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (occupies(NEW.status) AND NOT NEW.travel_overridden
          AND (NOT occupies(OLD.status)
               OR (OLD.lecturer_id, OLD.venue_id, OLD.branch_id, OLD.occupied_from, OLD.occupied_until)
                  IS DISTINCT FROM (NEW.lecturer_id, NEW.venue_id, NEW.branch_id, NEW.occupied_from, NEW.occupied_until)))
    EXECUTE FUNCTION check_lecturer_travel();
