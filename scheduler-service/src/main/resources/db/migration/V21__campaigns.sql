-- Campaigns: which topics must reach which branches by when. Their targets are a snapshot that a person renews.

CREATE TABLE campaign (
    id                  uuid PRIMARY KEY,
    version             integer     NOT NULL CHECK (version >= 1),
    code                text        NOT NULL CONSTRAINT campaign_code_unique UNIQUE,
    name                text        NOT NULL,
    description         text,
    status              text        NOT NULL CHECK (status IN ('DRAFT', 'ACTIVE', 'CLOSED')),
    -- both days are part of it, as they are counted in its zone
    starts_on           date        NOT NULL,
    ends_on             date        NOT NULL,
    zone                text        NOT NULL,
    -- of each topic
    lectures_per_branch integer     NOT NULL CHECK (lectures_per_branch BETWEEN 1 AND 50),
    min_interval_days   integer     NOT NULL CHECK (min_interval_days BETWEEN 0 AND 366),
    -- empty means any
    formats             text[]      NOT NULL,
    tiers               text[]      NOT NULL,
    -- whom it is for: branches of these kinds in these subtrees (empty means any, but not both), and these
    subtrees            uuid[]      NOT NULL,
    kinds               text[]      NOT NULL,
    branches            uuid[]      NOT NULL,
    priority            uuid[]      NOT NULL,
    targets_at          timestamptz NOT NULL,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
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
    branch_id   uuid    NOT NULL REFERENCES branch,
    priority    boolean NOT NULL,
    -- why it need not be reached
    excluded    text,
    PRIMARY KEY (campaign_id, branch_id)
);
CREATE INDEX campaign_target_by_branch ON campaign_target (branch_id);

-- Whom a campaign is for as branches are now; its targets are what this said when they were last taken.
CREATE FUNCTION campaign_selection(campaign uuid)
RETURNS TABLE (branch_id uuid, priority boolean, excluded text)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE below AS (
        SELECT b.id FROM branch b JOIN campaign c ON b.id = ANY (c.subtrees) WHERE c.id = $1
        UNION
        SELECT b.id FROM branch b JOIN below ON b.parent_id = below.id)
    SELECT b.id, b.id = ANY (c.priority), e.reason
    FROM campaign c
    JOIN branch b ON NOT b.archived AND (
        b.id = ANY (c.branches)
        OR (cardinality(c.subtrees) > 0 OR cardinality(c.kinds) > 0)
           AND (cardinality(c.subtrees) = 0 OR b.id IN (SELECT id FROM below))
           AND (cardinality(c.kinds) = 0 OR b.kind = ANY (c.kinds)))
    LEFT JOIN campaign_exclusion e ON e.campaign_id = c.id AND e.branch_id = b.id
    WHERE c.id = $1
$$;

ALTER TABLE booking
    ADD campaign_id uuid REFERENCES campaign,
    ADD completion_link text;
CREATE INDEX booking_by_campaign ON booking (campaign_id, starts_at) WHERE campaign_id IS NOT NULL;

-- Coverage asks who was visited, host or guest, for which topic and with what outcome. The answer stands beside each
-- branch of a campaign's booking, so that one index answers for 200,000 of them; filled in with every write of either
-- row, in the same transaction, and by nothing else.
ALTER TABLE booking_branch
    ADD campaign_id     uuid,
    ADD topic_id        uuid,
    ADD lecturer_id     uuid,
    ADD status          text,
    ADD starts_at       timestamptz,
    ADD ends_at         timestamptz,
    ADD hold_expires_at timestamptz,
    ADD head_count      integer;
CREATE INDEX booking_branch_by_campaign ON booking_branch (campaign_id, branch_id, topic_id)
    INCLUDE (booking_id, lecturer_id, guest, status, starts_at, ends_at, hold_expires_at, head_count)
    WHERE campaign_id IS NOT NULL;

CREATE FUNCTION visit_of_campaign() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    b booking%ROWTYPE;
BEGIN
    SELECT * INTO b FROM booking WHERE id = NEW.booking_id;
    IF b.campaign_id IS NOT NULL THEN
        NEW.campaign_id := b.campaign_id;
        NEW.topic_id := b.topic_id;
        NEW.lecturer_id := b.lecturer_id;
        NEW.status := b.status;
        NEW.starts_at := b.starts_at;
        NEW.ends_at := b.ends_at;
        NEW.hold_expires_at := b.hold_expires_at;
        NEW.head_count := b.head_count;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visit_of_campaign BEFORE INSERT OR UPDATE ON booking_branch
    FOR EACH ROW EXECUTE FUNCTION visit_of_campaign();

CREATE FUNCTION visits_of_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE booking_branch SET head_count = NEW.head_count WHERE booking_id = NEW.id;
    RETURN NULL;
END $$;
-- what else coverage needs of a booking; the change of its status and times reaches booking_branch in any case
CREATE TRIGGER visits_of_changed AFTER UPDATE ON booking FOR EACH ROW
    WHEN (NEW.campaign_id IS NOT NULL
          AND (OLD.status, OLD.lecturer_id, OLD.topic_id, OLD.starts_at, OLD.ends_at, OLD.hold_expires_at, OLD.head_count)
              IS DISTINCT FROM
              (NEW.status, NEW.lecturer_id, NEW.topic_id, NEW.starts_at, NEW.ends_at, NEW.hold_expires_at, NEW.head_count))
    EXECUTE FUNCTION visits_of_changed();
