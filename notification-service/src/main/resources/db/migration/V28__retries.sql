-- Retries: urgent news does not wait for older news, and a success at an endpoint brings forward what waits there.

-- A newer version supersedes an older one that was attempted without success.
ALTER TABLE delivery DROP CONSTRAINT delivery_superseded_unsent;
-- When the retry was planned, once a success at its endpoint has brought it forward: that happens once per retry.
ALTER TABLE delivery ADD planned_at timestamptz;
-- 'receiver': the receiver named the time, so no success brings it forward.
ALTER TABLE delivery DROP CONSTRAINT delivery_waits_for_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_waits_for_check
    CHECK (waits_for IN ('further-changes', 'quiet-hours', 'digest', 'budget', 'receiver'));

-- What several changes come to stands in the notice, so that every channel, the inbox and the link say the same.
ALTER TABLE delivery DROP COLUMN kind, DROP COLUMN title, DROP COLUMN body;

-- The message that deliveries were sent as, together or alone: they are retried as the same message.
ALTER TABLE delivery ADD message uuid;
CREATE INDEX delivery_of_message ON delivery (message, sequence) WHERE message IS NOT NULL;
