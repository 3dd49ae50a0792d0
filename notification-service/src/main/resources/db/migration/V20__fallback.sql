-- Endpoints that step in when nothing else reaches their branch, and mailboxes that do not exist.

ALTER TABLE endpoint ADD fallback boolean NOT NULL DEFAULT false;
CREATE INDEX endpoint_stepping_in ON endpoint (branch_id) WHERE fallback AND usable;

-- The delivery that was stuck when this one stepped in.
ALTER TABLE delivery ADD fallback_for uuid REFERENCES delivery (id);

-- Mailboxes that a mail server has refused for good: only their hash, for they may be nobody's endpoint any more.
CREATE TABLE bounced_address (
    hash   bytea PRIMARY KEY,
    reason text        NOT NULL,
    at     timestamptz NOT NULL
);
