CREATE OR REPLACE TRIGGER quarantine_act_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantine_act
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_act_only_grows();
