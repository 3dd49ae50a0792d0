CREATE OR REPLACE TRIGGER quarantine_action_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantine_action
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_action_only_grows();
