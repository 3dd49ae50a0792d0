-- Bookings that cannot overlap: holds, guests, series and changes of many bookings.

CREATE TABLE series (
    id         uuid PRIMARY KEY,
    -- how often the series itself was changed; its version also counts the changes of its bookings
    revision   integer     NOT NULL CHECK (revision >= 1),
    -- the request, as it was sent
    pattern    jsonb       NOT NULL,
    -- its dates that were left out when it was booked or extended, and were not added since
    missing    date[]      NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text        NOT NULL
);
CREATE INDEX series_by_age ON series (created_at, id);

-- The rules about a booking's status, each in one place: constraints, indexes and queries use these functions and planners
-- inline them, so that an index matches. BookingStatus has the same rules in Java. A function that an index or a constraint uses
-- cannot be redefined: existing rows would contradict it.

-- Whether the booking takes its time from the lecturer, the venue and the branches. A completed lecture keeps its time: a lecturer
-- cannot have been at two places in the past either. See also is_overdue().
CREATE FUNCTION occupies(status text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('HELD', 'CONFIRMED', 'COMPLETED');

-- Whether its branches are notified of it; holds are known to organizers only.
CREATE FUNCTION is_announced(status text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('CONFIRMED', 'CANCELLED', 'COMPLETED');

CREATE TABLE booking (
    id                  uuid PRIMARY KEY,
    version             integer     NOT NULL CHECK (version >= 1),
    status              text        NOT NULL
        CHECK (status IN ('HELD', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'RELEASED', 'EXPIRED')),
    lecturer_id         uuid        NOT NULL REFERENCES lecturer,
    topic_id            uuid        NOT NULL REFERENCES topic,
    branch_id           uuid        NOT NULL REFERENCES branch,
    venue_id            uuid REFERENCES venue,
    series_id           uuid REFERENCES series,
    campaign_id         uuid REFERENCES campaign,
    join_link           text,
    format              text        NOT NULL,
    starts_at           timestamptz NOT NULL,
    ends_at             timestamptz NOT NULL,
    zone                text        NOT NULL,
    -- the time that the booking occupies its lecturer, venue and branches: the lecture with its fixed buffers
    occupied_from       timestamptz NOT NULL,
    occupied_until      timestamptz NOT NULL,
    -- An exclusion constraint cannot read the clock: an overdue hold occupies its slot until a request or the sweep expires it.
    hold_expires_at     timestamptz,
    -- whether the host can hold no other lecture at that time (it is not marked as parallel)
    branch_exclusive    boolean     NOT NULL,
    -- an organizer overrode the travel rule for this booking where it is now; its neighbours are checked when they move
    travel_overridden       boolean     NOT NULL DEFAULT false,
    -- it was changed by itself: changes of the series leave it alone
    series_detached     boolean     NOT NULL DEFAULT false,
    expected_head_count integer CHECK (expected_head_count >= 0),
    note                text,
    reason              text,
    reason_code         text,
    head_count          integer CHECK (head_count >= 0),
    completion_note     text,
    completion_link     text,
    -- whether the host or an organizer entered the three above
    recorded_by         text CHECK (recorded_by IN ('BRANCH', 'ORGANIZER')),
    created_at          timestamptz NOT NULL,
    created_by          text        NOT NULL,
    updated_at          timestamptz NOT NULL,

    -- An exclusion constraint accepts empty, unbounded and NULL ranges: they are refused here.
    CONSTRAINT booking_times CHECK (
        isfinite(starts_at) AND isfinite(ends_at) AND isfinite(occupied_from) AND isfinite(occupied_until)
        AND starts_at < ends_at AND ends_at - starts_at <= interval '24 hours'
        AND occupied_from <= starts_at AND ends_at <= occupied_until),
    CONSTRAINT booking_place CHECK (venue_id IS NOT NULL OR join_link IS NOT NULL),
    CONSTRAINT booking_completion CHECK ((status = 'COMPLETED') = (head_count IS NOT NULL)),
    CONSTRAINT booking_hold CHECK (status <> 'HELD' OR (hold_expires_at IS NOT NULL AND isfinite(hold_expires_at))),
    CONSTRAINT booking_hold_expiry CHECK (NOT is_announced(status) OR hold_expires_at IS NULL),
    CONSTRAINT booking_detached_needs_series CHECK (NOT series_detached OR series_id IS NOT NULL),

    -- Deferrable, so that a transaction can exchange slots and is judged by the outcome. INITIALLY IMMEDIATE: a statement that
    -- breaks one fails at once unless the transaction says SET CONSTRAINTS … DEFERRED. A deferrable constraint cannot be the
    -- arbiter of ON CONFLICT.
    CONSTRAINT lecturer_occupied EXCLUDE USING gist (
        lecturer_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&)
        WHERE (occupies(status)) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT venue_occupied EXCLUDE USING gist (
        venue_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&)
        WHERE (occupies(status) AND venue_id IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX booking_by_start ON booking (starts_at, id);
CREATE INDEX booking_by_lecturer ON booking (lecturer_id, starts_at);
CREATE INDEX booking_by_branch ON booking (branch_id, starts_at);
CREATE INDEX booking_by_venue ON booking (venue_id, starts_at) WHERE venue_id IS NOT NULL;
CREATE INDEX booking_by_topic ON booking (topic_id, starts_at);
CREATE INDEX booking_by_series ON booking (series_id, starts_at) WHERE series_id IS NOT NULL;
CREATE INDEX booking_by_campaign ON booking (campaign_id, starts_at) WHERE campaign_id IS NOT NULL;
CREATE INDEX booking_held_by_expiry ON booking (hold_expires_at) WHERE status = 'HELD';
CREATE INDEX booking_held_by_organizer ON booking (created_by) WHERE status = 'HELD';
-- The search for free slots: the occupying bookings of some lecturers, venues or of one branch in a range.
CREATE INDEX booking_active_by_lecturer ON booking (lecturer_id, occupied_from)
    WHERE occupies(status);
CREATE INDEX booking_active_by_venue ON booking (venue_id, occupied_from)
    WHERE occupies(status) AND venue_id IS NOT NULL;
CREATE INDEX booking_active_by_branch ON booking (branch_id, occupied_from)
    WHERE occupies(status);

-- Host and guests of each booking in one table: one exclusion constraint keeps a branch from being at two lectures at once,
-- in whatever role, unless it is marked as parallel.
CREATE TABLE booking_branch (
    booking_id          uuid        NOT NULL REFERENCES booking,
    branch_id           uuid        NOT NULL REFERENCES branch,
    guest               boolean     NOT NULL,
    -- of a guest; the host's is in the booking
    expected_head_count integer CHECK (expected_head_count >= 0),
    -- copies from the booking, kept by its triggers: an exclusion constraint sees one table only
    occupied_from       timestamptz NOT NULL,
    occupied_until      timestamptz NOT NULL,
    active              boolean     NOT NULL,
    exclusive           boolean     NOT NULL,
    -- Copies from the booking of a campaign, else NULL: coverage asks which branches were visited, as host or guest, for which
    -- topic and with what outcome, and one index answers for 200,000 of them.
    campaign_id         uuid,
    topic_id            uuid,
    lecturer_id         uuid,
    status              text,
    starts_at           timestamptz,
    ends_at             timestamptz,
    hold_expires_at     timestamptz,
    head_count          integer,
    PRIMARY KEY (booking_id, branch_id),
    CONSTRAINT booking_branch_times CHECK (
        isfinite(occupied_from) AND isfinite(occupied_until) AND occupied_from < occupied_until),
    CONSTRAINT branch_occupied EXCLUDE USING gist (
        branch_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&)
        WHERE (active AND exclusive) DEFERRABLE INITIALLY IMMEDIATE
);
CREATE UNIQUE INDEX booking_branch_one_host ON booking_branch (booking_id) WHERE NOT guest;
CREATE INDEX booking_branch_by_branch ON booking_branch (branch_id, occupied_from);
CREATE INDEX booking_branch_by_campaign ON booking_branch (campaign_id, branch_id, topic_id)
    INCLUDE (booking_id, lecturer_id, guest, status, starts_at, ends_at, hold_expires_at, head_count)
    WHERE campaign_id IS NOT NULL;
-- Which branches a topic of a campaign has reached already: asked by each repeat visit.
CREATE INDEX booking_branch_of_campaign ON booking_branch (campaign_id, topic_id, branch_id)
    INCLUDE (status, hold_expires_at, booking_id) WHERE campaign_id IS NOT NULL;

-- What an organizer was shown before a change of many bookings: exactly these bookings in exactly these versions.
CREATE TABLE bulk_preview (
    token      uuid PRIMARY KEY,
    principal  text        NOT NULL,
    request    jsonb       NOT NULL,
    bookings   uuid[]      NOT NULL,
    versions   integer[]   NOT NULL,
    -- the proposed substitutes: the lecture, and who would take it
    given       uuid[]     NOT NULL DEFAULT '{}',
    substitutes uuid[]     NOT NULL DEFAULT '{}',
    expires_at timestamptz NOT NULL,
    CHECK (cardinality(bookings) = cardinality(versions)),
    CHECK (cardinality(given) = cardinality(substitutes))
);
CREATE INDEX bulk_preview_by_expiry ON bulk_preview (expires_at);

-- Answers already given under an idempotency key.
CREATE TABLE idempotency (
    principal   text        NOT NULL,
    key         text        NOT NULL,
    -- SHA-256 of the request: the same key with another request is refused
    fingerprint bytea       NOT NULL,
    status      integer,
    location    text,
    etag        text,
    body        text,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
