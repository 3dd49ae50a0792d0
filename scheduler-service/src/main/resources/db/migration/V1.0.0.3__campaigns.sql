-- Campaigns: which topics must reach which branches by when. Their targets are a snapshot, renewed on request.

CREATE TABLE campaign (
    id                  uuid PRIMARY KEY,
    version             integer     NOT NULL CHECK (version >= 1),
    code                text        NOT NULL CONSTRAINT campaign_code_unique UNIQUE,
    name                text        NOT NULL,
    description         text,
    status              text        NOT NULL CHECK (status IN ('DRAFT', 'ACTIVE', 'CLOSED')),
    -- both days are included, in its zone
    starts_on           date        NOT NULL,
    ends_on             date        NOT NULL,
    zone                text        NOT NULL,
    -- of each topic
    lectures_per_branch integer     NOT NULL CHECK (lectures_per_branch BETWEEN 1 AND 50),
    min_interval_days   integer     NOT NULL CHECK (min_interval_days BETWEEN 0 AND 366),
    -- empty means any
    formats             text[]      NOT NULL,
    tiers               text[]      NOT NULL,
    -- its selection: branches of these kinds in these subtrees (empty means any, but not both), and these
    subtrees            uuid[]      NOT NULL,
    kinds               text[]      NOT NULL,
    branches            uuid[]      NOT NULL,
    priority            uuid[]      NOT NULL,
    targets_at          timestamptz NOT NULL,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    -- the counts of its targets, written with them: lists and coverage read a campaign without its targets
    target_count        integer     NOT NULL DEFAULT 0,
    excluded_count      integer     NOT NULL DEFAULT 0,
    -- whether branches join its lectures as guests themselves
    open_to_guests      boolean     NOT NULL DEFAULT false,
    CHECK (starts_on <= ends_on)
);

CREATE TABLE campaign_topic (
    campaign_id uuid NOT NULL REFERENCES campaign,
    topic_id    uuid NOT NULL REFERENCES topic,
    PRIMARY KEY (campaign_id, topic_id)
);

CREATE TABLE campaign_exclusion (
    campaign_id uuid NOT NULL REFERENCES campaign,
    branch_id   uuid NOT NULL REFERENCES branch,
    reason      text NOT NULL,
    PRIMARY KEY (campaign_id, branch_id)
);

CREATE TABLE campaign_target (
    campaign_id uuid    NOT NULL REFERENCES campaign,
    branch_id   uuid    NOT NULL,
    priority    boolean NOT NULL,
    -- why it need not be reached
    excluded    text,
    -- a copy of the branch's code: an index finds a page of the inventory without sorting all targets
    branch_code text    NOT NULL,
    PRIMARY KEY (campaign_id, branch_id),
    CONSTRAINT campaign_target_branch FOREIGN KEY (branch_id, branch_code) REFERENCES branch (id, code) ON UPDATE CASCADE
);
CREATE INDEX campaign_target_by_branch ON campaign_target (branch_id);
CREATE INDEX campaign_target_in_order ON campaign_target (campaign_id, branch_code COLLATE "C");
