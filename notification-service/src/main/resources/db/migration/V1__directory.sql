-- The branches as the scheduler last described them, and where each is reached.

CREATE TABLE branch (
    id            uuid PRIMARY KEY,
    code          text        NOT NULL,
    name          text        NOT NULL,
    parent_id     uuid,                      -- no foreign key: a child's event may come before its parent's
    kind          text        NOT NULL,
    zone          text        NOT NULL,
    locale        text        NOT NULL,
    archived      boolean     NOT NULL,
    version       integer     NOT NULL CHECK (version >= 1),
    updated_at    timestamptz NOT NULL,
    -- the number of the newest notice of this branch: taken under this row's lock, so numbers have no gap and
    -- whoever sees number n committed sees every smaller one
    last_sequence bigint      NOT NULL DEFAULT 0 CHECK (last_sequence >= 0)
);
CREATE INDEX branch_by_code ON branch (code);
CREATE INDEX branch_by_parent ON branch (parent_id);

CREATE TABLE endpoint (
    id         uuid PRIMARY KEY,
    branch_id  uuid        NOT NULL REFERENCES branch (id),
    channel    text        NOT NULL CHECK (channel <> ''),
    address    text,                         -- erased when the endpoint is removed
    enabled    boolean     NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,                  -- the row stays for the log of deliveries
    CONSTRAINT endpoint_address_until_removed CHECK ((address IS NULL) = (removed_at IS NOT NULL))
);
CREATE UNIQUE INDEX endpoint_once_per_branch ON endpoint (branch_id, channel, lower(address)) WHERE removed_at IS NULL;
