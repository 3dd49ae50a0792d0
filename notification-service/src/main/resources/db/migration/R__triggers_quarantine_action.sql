CREATE OR REPLACE TRIGGER quarantine_action_only_grows BEFORE UPDATE OR TRUNCATE ON quarantine_action
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_action_only_grows();
CREATE OR REPLACE TRIGGER quarantine_action_kept BEFORE DELETE ON quarantine_action
    FOR EACH ROW EXECUTE FUNCTION keep_quarantine_action();
