CREATE OR REPLACE TRIGGER coverage_changed_by_acknowledgement AFTER INSERT ON acknowledgement
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_acknowledgement();
