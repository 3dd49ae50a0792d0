-- Lecture requests of branches, and the slots that became free and may be offered to a waiting branch.

CREATE TABLE lecture_request (
    id                  uuid PRIMARY KEY,
    version             integer        NOT NULL CHECK (version >= 1),
    status              text           NOT NULL
        CHECK (status IN ('WAITING', 'OFFERED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'LAPSED')),
    topic_id            uuid           NOT NULL REFERENCES topic,
    branch_id           uuid           NOT NULL REFERENCES branch,
    -- the lecture lies within one of these
    windows             tstzmultirange NOT NULL
        CHECK (NOT isempty(windows) AND NOT lower_inf(windows) AND NOT upper_inf(windows)),
    format              text,
    expected_head_count integer CHECK (expected_head_count >= 0),
    note              text,
    -- the booking that answers it: a hold while it is only offered
    booking_id          uuid REFERENCES booking,
    offer_expires_at    timestamptz,
    reason              text,
    reason_code         text,
    requested_at            timestamptz    NOT NULL,
    created_by          text           NOT NULL,
    updated_at          timestamptz    NOT NULL,
    CONSTRAINT request_booking CHECK ((status IN ('OFFERED', 'ACCEPTED')) = (booking_id IS NOT NULL)),
    CONSTRAINT request_offer CHECK ((status = 'OFFERED') = (offer_expires_at IS NOT NULL))
);
-- a branch waits for a topic once
CREATE UNIQUE INDEX request_open ON lecture_request (branch_id, topic_id) WHERE status IN ('WAITING', 'OFFERED');
CREATE INDEX request_by_age ON lecture_request (requested_at, id);
CREATE INDEX request_by_branch ON lecture_request (branch_id, requested_at, id);
CREATE INDEX request_waiting_by_topic ON lecture_request (topic_id) WHERE status = 'WAITING';
CREATE UNIQUE INDEX request_by_booking ON lecture_request (booking_id) WHERE booking_id IS NOT NULL;
CREATE INDEX request_overdue ON lecture_request (offer_expires_at) WHERE status = 'OFFERED';
CREATE INDEX request_ending ON lecture_request (upper(windows)) WHERE status = 'WAITING';

-- The slots offered for a request, so that the same one is not offered twice.
CREATE TABLE request_offer (
    request_id  uuid        NOT NULL REFERENCES lecture_request,
    lecturer_id uuid        NOT NULL REFERENCES lecturer,
    starts_at   timestamptz NOT NULL,
    offered_at  timestamptz NOT NULL,
    PRIMARY KEY (request_id, lecturer_id, starts_at)
);

-- Time that became free, by whatever change: read from the audit, offered to waiting requests, then removed.
CREATE TABLE freed_time (
    id          uuid PRIMARY KEY,
    -- the owner of the time: a lecturer, a venue or a branch; all lecturers of a topic; without any of them, all
    lecturer_id uuid REFERENCES lecturer,
    venue_id    uuid REFERENCES venue,
    branch_id   uuid REFERENCES branch,
    -- only for these topics; empty for any
    topics      uuid[]      NOT NULL DEFAULT '{}',
    from_at     timestamptz NOT NULL CHECK (isfinite(from_at)),
    until_at    timestamptz NOT NULL CHECK (isfinite(until_at)),
    CHECK (from_at < until_at)
);
CREATE INDEX freed_time_by_start ON freed_time (from_at, id);

-- Up to which commits the audit was read for freed time.
CREATE TABLE freed_horizon (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    snapshot text NOT NULL
);
INSERT INTO freed_horizon (snapshot) VALUES (cast(pg_current_snapshot() AS text));
