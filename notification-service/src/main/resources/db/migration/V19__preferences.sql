-- When a branch wants to be told: quiet hours, a digest once a day, reminders; and addresses that want no digests.

-- No row: no wishes. Times are those of the branch's zone.
CREATE TABLE branch_preference (
    branch_id   uuid PRIMARY KEY REFERENCES branch (id),
    quiet_from  time,
    quiet_until time,
    digest_at   time,
    reminders   boolean     NOT NULL,
    version     integer     NOT NULL CHECK (version >= 2),      -- 1 is what it is without a row
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL,
    CONSTRAINT branch_preference_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until)
);

-- Why a delivery that is READY is not attempted yet, when it is not for a retry.
ALTER TABLE delivery ADD waits_for text CHECK (waits_for IN ('further-changes', 'quiet-hours', 'digest', 'budget'));

-- Somebody there wants no more digests: only what is urgent goes there.
ALTER TABLE endpoint ADD unsubscribed_at timestamptz;
