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

-- A lecturer's time that became free: written with the change that freed it, read afterwards, so that no crash loses it.
CREATE TABLE freed_slot (
    booking_id  uuid        NOT NULL REFERENCES booking,
    version     integer     NOT NULL,
    lecturer_id uuid        NOT NULL REFERENCES lecturer,
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (starts_at < ends_at),
    PRIMARY KEY (booking_id, version)
);
CREATE INDEX freed_slot_by_start ON freed_slot (starts_at);
