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
