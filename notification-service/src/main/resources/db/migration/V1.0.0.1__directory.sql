-- The recipients as the scheduler last described them, and when each wants to be notified. Branches and lecturers are one kind
-- of row, so that everything kept for a recipient holds for both; a branch_id in other tables is the id of either.

CREATE TABLE recipient (
    id            uuid PRIMARY KEY,
    kind          text        NOT NULL CHECK (kind IN ('BRANCH', 'LECTURER')),
    code          text        NOT NULL,
    name          text        NOT NULL,
    parent_id     uuid,                      -- no foreign key: a child's event may come before its parent's
    zone          text        NOT NULL,
    locale        text        NOT NULL,
    archived      boolean     NOT NULL,
    version       integer     NOT NULL CHECK (version >= 1),
    updated_at    timestamptz NOT NULL,
    -- the number of the recipient's newest notice; increased under this row's lock, so numbers have no gap and
    -- a reader that sees number n sees every smaller one
    last_sequence bigint      NOT NULL DEFAULT 0 CHECK (last_sequence >= 0),
    -- the scheduler database that described the recipient; NULL until its next change
    incarnation   uuid,
    CONSTRAINT recipient_tree_of_branches CHECK (kind = 'BRANCH' OR parent_id IS NULL)
);
CREATE INDEX recipient_by_code ON recipient (code);
CREATE INDEX recipient_by_parent ON recipient (parent_id);

-- Quiet hours, digest and reminders. Without a row the defaults hold. Times are in the recipient's zone.
CREATE TABLE recipient_preference (
    branch_id   uuid PRIMARY KEY REFERENCES recipient (id),
    quiet_from  time,
    quiet_until time,
    digest_at   time,
    reminders   boolean     NOT NULL,
    version     integer     NOT NULL CHECK (version >= 2),      -- version 1 is the state without a row
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL,
    CONSTRAINT recipient_preference_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until)
);
