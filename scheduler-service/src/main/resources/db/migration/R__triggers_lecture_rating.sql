CREATE OR REPLACE TRIGGER coverage_changed_by_rating AFTER INSERT ON lecture_rating
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_acknowledgement();
