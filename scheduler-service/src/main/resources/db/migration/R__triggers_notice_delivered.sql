CREATE OR REPLACE TRIGGER coverage_changed_by_delivery AFTER INSERT ON notice_delivered
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_acknowledgement();
