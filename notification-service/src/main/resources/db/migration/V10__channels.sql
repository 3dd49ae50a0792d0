-- Channels besides e-mail: secrets, encrypted by the service; trials; and what a robot's owner allows per minute.

ALTER TABLE endpoint ADD secret text;
ALTER TABLE endpoint ADD previous_secret text;          -- still signs beside the new one until then
ALTER TABLE endpoint ADD previous_secret_until timestamptz;
ALTER TABLE endpoint ADD CONSTRAINT endpoint_secret_until_removed
    CHECK (removed_at IS NULL OR secret IS NULL AND previous_secret IS NULL);
ALTER TABLE endpoint ADD CONSTRAINT endpoint_previous_secret_ends
    CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL));

-- Mailboxes are the same in either case, addresses on the web are not.
DROP INDEX endpoint_once_per_branch;
CREATE UNIQUE INDEX endpoint_once_per_branch
    ON endpoint (branch_id, channel, (CASE WHEN channel = 'email' THEN lower(address) ELSE address END))
    WHERE removed_at IS NULL;

-- Tests and verifications that somebody asked for: few per minute, for each makes this service call a stranger.
CREATE TABLE endpoint_trial (
    id          uuid PRIMARY KEY,
    endpoint_id uuid        NOT NULL REFERENCES endpoint (id),
    kind        text        NOT NULL CHECK (kind IN ('TEST', 'VERIFICATION')),
    actor       text        NOT NULL,
    at          timestamptz NOT NULL,
    outcome     text,
    answer      text
);
CREATE INDEX endpoint_trial_of ON endpoint_trial (endpoint_id, at);
CREATE INDEX endpoint_trial_by ON endpoint_trial (actor, at);

-- How many messages a robot may still be sent: refilled by the database's clock, taken by whoever sends.
CREATE TABLE robot_budget (
    robot     text PRIMARY KEY,              -- the channel and a fingerprint of the robot's key
    tokens    double precision NOT NULL,
    filled_at timestamptz      NOT NULL,
    paused_until timestamptz                 -- the platform said "too fast"
);
