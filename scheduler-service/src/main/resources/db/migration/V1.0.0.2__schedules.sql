-- When lecturers and venues are available, and which days are working days. Every row is optional: without it nothing is
-- restricted.
--
-- Local times are minutes: of the week from Monday 00:00 (0 to 10080), of a day (0 to 1440). A multirange keeps them ordered
-- and disjoint; an empty one means "always" for a week and "not at all" for a date.

CREATE TABLE lecturer_availability (
    lecturer_id       uuid PRIMARY KEY REFERENCES lecturer,
    version           integer        NOT NULL CHECK (version >= 2), -- version 1 is the state without a row
    zone              text           NOT NULL,
    weekly            int4multirange NOT NULL CHECK (weekly <@ int4multirange(int4range(0, 10080))),
    lectures_per_day  integer CHECK (lectures_per_day BETWEEN 1 AND 50),
    lectures_per_week integer CHECK (lectures_per_week BETWEEN 1 AND 200),
    notice_hours      integer CHECK (notice_hours BETWEEN 0 AND 8784),
    updated_at        timestamptz    NOT NULL
);

-- On this date these windows replace those of the week.
CREATE TABLE lecturer_exception (
    lecturer_id uuid           NOT NULL REFERENCES lecturer,
    on_date     date           NOT NULL,
    windows     int4multirange NOT NULL CHECK (windows <@ int4multirange(int4range(0, 1440))),
    note        text,
    PRIMARY KEY (lecturer_id, on_date)
);

-- A time in which the lecturer is not available at all.
CREATE TABLE lecturer_blackout (
    id          uuid PRIMARY KEY,
    lecturer_id uuid        NOT NULL REFERENCES lecturer,
    from_at     timestamptz NOT NULL CHECK (isfinite(from_at)),
    until_at    timestamptz NOT NULL CHECK (isfinite(until_at)),
    -- as entered, when entered in whole days
    first_day   date,
    last_day    date,
    reason      text,
    CHECK (from_at < until_at),
    CHECK ((first_day IS NULL) = (last_day IS NULL))
);
CREATE INDEX lecturer_blackout_by_lecturer ON lecturer_blackout (lecturer_id, until_at);

-- Changes of availability that a lecturer proposes and organizers decide, because they touch bookings.
CREATE TABLE availability_proposal (
    id          uuid PRIMARY KEY,
    lecturer_id uuid        NOT NULL REFERENCES lecturer,
    version     integer     NOT NULL CHECK (version >= 1),
    state       text        NOT NULL CHECK (state IN ('OPEN', 'ACCEPTED', 'REFUSED', 'WITHDRAWN')),
    change      jsonb       NOT NULL,
    -- how many bookings it touched when it was proposed
    touched     integer     NOT NULL CHECK (touched >= 1),
    reason      text,
    proposed_at timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CONSTRAINT availability_proposal_refused CHECK ((state = 'REFUSED') = (reason IS NOT NULL))
);
CREATE INDEX availability_proposal_waiting ON availability_proposal (proposed_at, id) WHERE state = 'OPEN';
CREATE INDEX availability_proposal_by_lecturer ON availability_proposal (lecturer_id, proposed_at);
CREATE INDEX availability_proposal_decided ON availability_proposal (updated_at) WHERE state <> 'OPEN';

CREATE TABLE venue_hours (
    venue_id   uuid PRIMARY KEY REFERENCES venue,
    version    integer        NOT NULL CHECK (version >= 2),
    zone       text           NOT NULL,
    weekly     int4multirange NOT NULL CHECK (weekly <@ int4multirange(int4range(0, 10080))),
    updated_at timestamptz    NOT NULL
);

CREATE TABLE venue_hours_exception (
    venue_id uuid           NOT NULL REFERENCES venue,
    on_date  date           NOT NULL,
    windows  int4multirange NOT NULL CHECK (windows <@ int4multirange(int4range(0, 1440))),
    note     text,
    PRIMARY KEY (venue_id, on_date)
);

-- The searched lecture halls; rooms of branches are found by their branch.
CREATE INDEX venue_halls ON venue (id) WHERE kind = 'lecture-hall' AND NOT archived;

-- The working calendar. A year without announced holidays has no days here; none are guessed.
CREATE TABLE calendar_year (
    year       integer PRIMARY KEY CHECK (year BETWEEN 1900 AND 2200),
    version    integer     NOT NULL CHECK (version >= 2),
    announced  boolean     NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE calendar_day (
    on_date date PRIMARY KEY,
    -- the year of the announcement: that of next year may already name days of this December
    year    integer NOT NULL REFERENCES calendar_year,
    name    text    NOT NULL,
    off     boolean NOT NULL,
    -- a make-up workday may follow the timetable of another weekday: 1 Monday to 7 Sunday
    acts_as smallint CHECK (acts_as BETWEEN 1 AND 7),
    CHECK (NOT off OR acts_as IS NULL)
);
CREATE INDEX calendar_day_by_year ON calendar_day (year);
