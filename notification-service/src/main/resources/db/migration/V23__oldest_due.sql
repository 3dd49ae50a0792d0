-- The deliveries that are due longest, whoever they are for: so a claim need not go through all endpoints.
CREATE INDEX delivery_oldest ON delivery (next_attempt_at, sequence) WHERE state = 'READY';
DROP INDEX IF EXISTS delivery_due;
