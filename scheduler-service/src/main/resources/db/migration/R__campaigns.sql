-- The branches that a campaign selects now; its targets are the answer at the time they were last taken.
CREATE OR REPLACE FUNCTION campaign_selection(campaign uuid)
RETURNS TABLE (branch_id uuid, priority boolean, excluded text)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE below AS (
        SELECT b.id FROM branch b JOIN campaign c ON b.id = ANY (c.subtrees) WHERE c.id = $1
        UNION
        SELECT b.id FROM branch b JOIN below ON b.parent_id = below.id)
    SELECT b.id, b.id = ANY (c.priority), e.reason
    FROM campaign c
    JOIN branch b ON NOT b.archived AND (
        b.id = ANY (c.branches)
        OR (cardinality(c.subtrees) > 0 OR cardinality(c.kinds) > 0)
           AND (cardinality(c.subtrees) = 0 OR b.id IN (SELECT id FROM below))
           AND (cardinality(c.kinds) = 0 OR b.kind = ANY (c.kinds)))
    LEFT JOIN campaign_exclusion e ON e.campaign_id = c.id AND e.branch_id = b.id
    WHERE c.id = $1
$$;

CREATE OR REPLACE FUNCTION code_of_target() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- locked as the foreign key would lock it, so that a change of the code comes either before or after
    SELECT code INTO NEW.branch_code FROM branch WHERE id = NEW.branch_id FOR KEY SHARE;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION code_of_targets_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaign_target SET branch_code = NEW.code WHERE branch_id = NEW.id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION targets_counted() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- who waits for another writer here counts after him: the next statement sees what that one has committed
    PERFORM FROM campaign WHERE id IN (SELECT campaign_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
    UPDATE campaign c SET (target_count, excluded_count) = (
        SELECT count(*) FILTER (WHERE t.excluded IS NULL), count(t.excluded)
        FROM campaign_target t WHERE t.campaign_id = c.id)
    WHERE c.id IN (SELECT campaign_id FROM changed);
    RETURN NULL;
END $$;
