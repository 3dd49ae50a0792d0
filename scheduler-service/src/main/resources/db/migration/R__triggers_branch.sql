CREATE OR REPLACE TRIGGER branch_moved AFTER UPDATE ON branch FOR EACH ROW
    WHEN ((OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude))
    EXECUTE FUNCTION forget_provided_travel();
