-- The branches as the scheduler last described them, and when each wants to be notified.

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
    -- the number of the branch's newest notice; increased under this row's lock, so numbers have no gap and
    -- a reader that sees number n sees every smaller one
    last_sequence bigint      NOT NULL DEFAULT 0 CHECK (last_sequence >= 0),
    -- the scheduler database that described the branch; NULL until its next change
    incarnation   uuid
);
CREATE INDEX branch_by_code ON branch (code);
CREATE INDEX branch_by_parent ON branch (parent_id);

-- Quiet hours, digest and reminders. Without a row the defaults hold. Times are in the branch's zone.
CREATE TABLE branch_preference (
    branch_id   uuid PRIMARY KEY REFERENCES branch (id),
    quiet_from  time,
    quiet_until time,
    digest_at   time,
    reminders   boolean     NOT NULL,
    version     integer     NOT NULL CHECK (version >= 2),      -- version 1 is the state without a row
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL,
    CONSTRAINT branch_preference_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until)
);
