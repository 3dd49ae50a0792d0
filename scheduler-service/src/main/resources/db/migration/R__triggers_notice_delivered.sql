CREATE OR REPLACE TRIGGER coverage_changed_by_delivery AFTER INSERT OR UPDATE ON notice_delivered
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_acknowledgement();
