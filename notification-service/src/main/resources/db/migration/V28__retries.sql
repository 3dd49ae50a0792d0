-- Contracts: the version before reads columns that are dropped here, so it must not run beside this migration or after it.

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

-- Secrets before the present one, each as long as its receiver was promised: no rotation ends another early.
CREATE TABLE endpoint_former_secret (
    endpoint_id uuid        NOT NULL REFERENCES endpoint (id),
    secret      text        NOT NULL,
    valid_until timestamptz NOT NULL,
    PRIMARY KEY (endpoint_id, secret)
);
INSERT INTO endpoint_former_secret (endpoint_id, secret, valid_until)
SELECT id, previous_secret, previous_secret_until FROM endpoint WHERE previous_secret IS NOT NULL;
ALTER TABLE endpoint DROP COLUMN previous_secret, DROP COLUMN previous_secret_until;
ALTER TABLE endpoint ADD CONSTRAINT endpoint_secret_until_removed CHECK (removed_at IS NULL OR secret IS NULL);

-- Endpoints that were switched off by the service, or that nothing reaches: somebody is told, once.
CREATE TABLE endpoint_trouble (
    endpoint_id uuid PRIMARY KEY REFERENCES endpoint (id),
    off         boolean     NOT NULL,
    reason      text        NOT NULL,
    since       timestamptz NOT NULL,
    told_at     timestamptz
);
CREATE INDEX endpoint_trouble_untold ON endpoint_trouble (since) WHERE told_at IS NULL;
ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check CHECK (kind IN (
    'CONFIRMED', 'RESCHEDULED', 'REASSIGNED', 'CANCELLED',
    'REQUEST_OFFERED', 'OFFER_ENDED', 'REQUEST_REFUSED', 'REQUEST_REOPENED', 'REQUEST_LAPSED',
    'REMINDER', 'ASKED_AGAIN', 'UNANSWERED', 'ENDPOINT_OFF', 'ENDPOINT_FAILING'));
ALTER TABLE notice DROP CONSTRAINT notice_of_one_subject;
ALTER TABLE notice ADD CONSTRAINT notice_of_one_subject CHECK (
    CASE WHEN kind IN ('ENDPOINT_OFF', 'ENDPOINT_FAILING') THEN booking_id IS NULL AND request_id IS NULL
         ELSE (booking_id IS NULL) <> (request_id IS NULL) END);
