-- A page of a campaign's inventory begins at a code. It stands beside each target, so that an index finds the page without
-- sorting all of them, or passing over branches that are none; those there are by now are filled in by the next migration.

ALTER TABLE campaign_target
    -- that of the branch, filled in with every write of either row and by nothing else
    ADD branch_code text;

CREATE FUNCTION code_of_target() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- locked as the foreign key would lock it, so that a change of the code comes either before or after
    SELECT code INTO NEW.branch_code FROM branch WHERE id = NEW.branch_id FOR KEY SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER code_of_target BEFORE INSERT ON campaign_target
    FOR EACH ROW EXECUTE FUNCTION code_of_target();

CREATE FUNCTION code_of_targets_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaign_target SET branch_code = NEW.code WHERE branch_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER code_of_targets_changed AFTER UPDATE ON branch FOR EACH ROW
    WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION code_of_targets_changed();
