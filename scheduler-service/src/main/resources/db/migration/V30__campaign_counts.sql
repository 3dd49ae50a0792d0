-- How many branches a campaign must reach and spares stands beside it: lists and coverage read a campaign, not its targets.
-- Nobody reads campaigns while this counts their targets, a tenth of a second for each million.

ALTER TABLE campaign
    -- as its targets are; written by whoever writes these, in the same transaction, and by nothing else
    ADD target_count   integer NOT NULL DEFAULT 0,
    ADD excluded_count integer NOT NULL DEFAULT 0;

CREATE FUNCTION targets_counted() RETURNS trigger
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
CREATE TRIGGER targets_counted_in AFTER INSERT ON campaign_target
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION targets_counted();
CREATE TRIGGER targets_counted_out AFTER DELETE ON campaign_target
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION targets_counted();
CREATE TRIGGER targets_counted_again AFTER UPDATE ON campaign_target
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION targets_counted();

UPDATE campaign c SET target_count = t.reached, excluded_count = t.spared
FROM (SELECT campaign_id, count(*) FILTER (WHERE excluded IS NULL) AS reached, count(excluded) AS spared
      FROM campaign_target GROUP BY campaign_id) t
WHERE t.campaign_id = c.id;
