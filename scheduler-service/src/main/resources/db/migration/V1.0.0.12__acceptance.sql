-- Lecturers accept or decline their lectures, branches rate them.

-- What the lecturer of a booking is asked. There is no row while no answer is asked for.
CREATE TABLE lecturer_answer (
    booking_id      uuid PRIMARY KEY REFERENCES booking,
    -- the subject of its events, with versions of its own: an answer does not change the version of the booking
    id              uuid        NOT NULL CONSTRAINT lecturer_answer_id_unique UNIQUE,
    version         integer     NOT NULL CHECK (version >= 1),
    -- the last version of the booking with another time, place, host or lecturer
    booking_version integer     NOT NULL CHECK (booking_version >= 1),
    policy          text        NOT NULL CHECK (policy IN ('SILENT_CONSENT', 'REQUIRED')),
    state           text        NOT NULL
        CHECK (state IN ('PENDING', 'ACCEPTED', 'DECLINED', 'CONSENTED', 'OVERDUE', 'CLOSED')),
    due_at          timestamptz NOT NULL,
    at              timestamptz,
    by_lecturer     boolean,
    reason          text,
    reason_code     text,
    CONSTRAINT lecturer_answer_given CHECK (
        (state IN ('ACCEPTED', 'DECLINED')) = (by_lecturer IS NOT NULL) AND (state <> 'DECLINED' OR reason IS NOT NULL))
);
CREATE INDEX lecturer_answer_pending ON lecturer_answer (due_at) WHERE state = 'PENDING';

-- NULL: as the tier of the lecturer or the service says
ALTER TABLE campaign
    ADD COLUMN answer_policy text CHECK (answer_policy IN ('NONE', 'SILENT_CONSENT', 'REQUIRED')),
    -- 0: as the service says
    ADD COLUMN answer_hours  integer NOT NULL DEFAULT 0 CHECK (answer_hours BETWEEN 0 AND 8784);

-- One for each branch that took part in a lecture that was held.
CREATE TABLE lecture_rating (
    booking_id uuid        NOT NULL REFERENCES booking,
    branch_id  uuid        NOT NULL REFERENCES branch,
    version    integer     NOT NULL CHECK (version >= 1),
    stars      integer     NOT NULL CHECK (stars BETWEEN 1 AND 5),
    note       text,
    rated_at   timestamptz NOT NULL,
    rated_by   text        NOT NULL,
    PRIMARY KEY (booking_id, branch_id)
);
