CREATE OR REPLACE TRIGGER endpoint_unconfirmed BEFORE INSERT OR UPDATE ON endpoint
    FOR EACH ROW WHEN (NEW.channel = 'email') EXECUTE FUNCTION hold_unconfirmed_mailbox();
