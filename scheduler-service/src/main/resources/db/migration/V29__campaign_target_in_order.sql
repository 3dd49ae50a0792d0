-- Nobody takes targets while this writes the code of each target there is: some ten seconds for a million.

UPDATE campaign_target t SET branch_code = b.code FROM branch b WHERE b.id = t.branch_id AND t.branch_code IS NULL;

CREATE INDEX campaign_target_in_order ON campaign_target (campaign_id, branch_code COLLATE "C");
