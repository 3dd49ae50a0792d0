CREATE OR REPLACE TRIGGER coverage_changed_by_visit AFTER INSERT OR UPDATE OR DELETE ON booking_branch
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_visit();
