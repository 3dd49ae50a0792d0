CREATE OR REPLACE TRIGGER venue_moved AFTER UPDATE ON venue FOR EACH ROW
    WHEN ((OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude))
    EXECUTE FUNCTION forget_provided_travel();
