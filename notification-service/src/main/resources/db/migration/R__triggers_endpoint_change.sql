CREATE OR REPLACE TRIGGER endpoint_change_only_grows BEFORE UPDATE OR TRUNCATE ON endpoint_change
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_action_only_grows();
CREATE OR REPLACE TRIGGER endpoint_change_kept BEFORE DELETE ON endpoint_change
    FOR EACH ROW EXECUTE FUNCTION keep_endpoint_change();
