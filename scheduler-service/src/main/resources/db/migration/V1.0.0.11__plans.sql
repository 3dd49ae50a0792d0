-- Plans: proposals for all lectures that a campaign still needs, or for the repair of its bookings. A plan is nothing but a
-- proposal until it is published: nothing here occupies a lecturer, a venue or a branch.

CREATE TABLE plan (
    id          uuid PRIMARY KEY,
    version     integer     NOT NULL CHECK (version >= 1),
    campaign_id uuid        NOT NULL REFERENCES campaign,
    name        text        NOT NULL,
    purpose     text        NOT NULL CHECK (purpose IN ('PLAN', 'RESCUE', 'WHAT_IF')),
    state       text        NOT NULL
        CHECK (state IN ('QUEUED', 'SEARCHING', 'DRAFT', 'FAILED', 'PUBLISHING', 'PUBLISHED')),
    -- what it was asked for, with all defaults
    terms       jsonb       NOT NULL,
    seconds     integer     NOT NULL CHECK (seconds >= 1),
    seed        bigint      NOT NULL,
    -- when what it is based on was read
    facts_at    timestamptz,
    -- cost by component, loads and days, as of the last change of its items
    figures     jsonb,
    failure     text,
    -- its last publication
    publication jsonb,
    created_at  timestamptz NOT NULL,
    created_by  text        NOT NULL,
    updated_at  timestamptz NOT NULL
);
CREATE INDEX plan_by_campaign ON plan (campaign_id, created_at);
CREATE INDEX plan_by_age ON plan (created_at, id);

-- The lectures of a plan; without a start it leaves the item out. A draft refers to lecturers, branches and venues without
-- foreign keys: it does not keep them from being archived, and says what became stale.
CREATE TABLE plan_item (
    plan_id       uuid    NOT NULL REFERENCES plan ON DELETE CASCADE,
    number        integer NOT NULL CHECK (number >= 0),
    branch_id     uuid    NOT NULL,
    topic_id      uuid    NOT NULL,
    occurrence    integer NOT NULL CHECK (occurrence >= 1),
    excluded      boolean NOT NULL DEFAULT false,
    pinned        boolean NOT NULL DEFAULT false,
    lecturer_id   uuid,
    venue_id      uuid,
    starts_at     timestamptz,
    ends_at       timestamptz,
    -- the item that has this one as its guest
    host          integer,
    -- the booking that a repair may change, as it was when the plan was made
    standing      jsonb,
    -- what publishing made of it: the hold or booking, or why it was refused
    booking_id    uuid,
    refusal       jsonb,
    PRIMARY KEY (plan_id, number),
    CONSTRAINT plan_item_slot CHECK ((starts_at IS NULL) = (lecturer_id IS NULL)
                                     AND (starts_at IS NULL) = (ends_at IS NULL)
                                     AND (starts_at IS NOT NULL OR NOT pinned)),
    CONSTRAINT plan_item_excluded CHECK (NOT excluded OR starts_at IS NULL)
);

-- Work on plans. A worker leases a job; after the lease has expired, another worker continues from the checkpoint.
CREATE TABLE plan_job (
    plan_id     uuid PRIMARY KEY REFERENCES plan ON DELETE CASCADE,
    kind        text        NOT NULL CHECK (kind IN ('SEARCH', 'PUBLISH')),
    queued_at   timestamptz NOT NULL,
    -- whether a search keeps only pins of the present items
    fresh       boolean     NOT NULL DEFAULT false,
    owner       text,
    lease_until timestamptz,
    -- how often a worker took it
    attempts    integer     NOT NULL DEFAULT 0,
    cancelled   boolean     NOT NULL DEFAULT false,
    progress    jsonb,
    checkpoint  jsonb
);
CREATE INDEX plan_job_in_order ON plan_job (kind, queued_at);

-- What happened to a plan.
CREATE TABLE plan_log (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id uuid        NOT NULL REFERENCES plan ON DELETE CASCADE,
    at      timestamptz NOT NULL,
    actor   text        NOT NULL,
    action  text        NOT NULL,
    detail  jsonb
);
CREATE INDEX plan_log_by_plan ON plan_log (plan_id, id);
