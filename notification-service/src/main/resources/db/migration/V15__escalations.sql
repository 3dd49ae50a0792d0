-- What was done because a branch did not say that it knows: each step once per notice, written with what it sends.

CREATE TABLE escalation (
    id             uuid PRIMARY KEY,
    notice_id      uuid        NOT NULL REFERENCES notice (id),   -- that nobody acknowledged
    branch_id      uuid        NOT NULL,
    booking_id     uuid        NOT NULL,
    step           text        NOT NULL CHECK (step IN ('AGAIN', 'PARENT', 'ORGANIZER')),
    reason         text        NOT NULL CHECK (reason IN ('no-answer', 'lecture-is-near')),
    at             timestamptz NOT NULL,
    told_branch_id uuid,                                          -- nothing: there was nobody to tell
    told_notice_id uuid REFERENCES notice (id),
    endpoints      integer     NOT NULL CHECK (endpoints >= 0),
    CONSTRAINT escalation_once UNIQUE (notice_id, step),
    CONSTRAINT escalation_told CHECK ((told_branch_id IS NULL) = (told_notice_id IS NULL))
);
CREATE INDEX escalation_newest ON escalation (at DESC, id DESC);
CREATE INDEX escalation_by_booking ON escalation (booking_id, at DESC, id DESC);
