CREATE OR REPLACE TRIGGER coverage_changed_by_answer AFTER INSERT OR UPDATE ON lecturer_answer
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_answer();
