-- What branches answered, and what was done when they did not.

-- At most one acknowledgement per notice. A version number that a restored scheduler uses again has its own notice.
CREATE TABLE acknowledgement (
    notice_id  uuid PRIMARY KEY REFERENCES notice,
    branch_id  uuid        NOT NULL,
    booking_id uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    at         timestamptz NOT NULL,
    channel    text        NOT NULL CHECK (channel IN ('in-app', 'link', 'organizer', 'calendar')),
    -- the subject of the access token; a link has none
    who        text
);

-- Answers to offers by the link in a message: the first answer counts and goes to the scheduler.
CREATE TABLE offer_answer (
    notice_id  uuid PRIMARY KEY REFERENCES notice (id),
    branch_id  uuid        NOT NULL,
    request_id uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version >= 1),
    taken      boolean     NOT NULL,       -- or declined
    at         timestamptz NOT NULL
);

-- What lecturers are asked and answered, by the newest event of the scheduler; removed when the lecture is over.
CREATE TABLE lecturer_answer (
    booking_id      uuid PRIMARY KEY,
    lecturer_id     uuid        NOT NULL,
    version         integer     NOT NULL CHECK (version >= 1),
    incarnation     uuid        NOT NULL,
    booking_version integer     NOT NULL CHECK (booking_version >= 1),
    state           text        NOT NULL
                    CHECK (state IN ('PENDING', 'ACCEPTED', 'DECLINED', 'CONSENTED', 'OVERDUE', 'CLOSED')),
    changed_at      timestamptz NOT NULL,
    due_at          timestamptz,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    -- whether the organizers are notified of this state, or need not be
    settled         boolean     NOT NULL,
    sent_notice_id  uuid,                   -- to the organizers, about the newest decline or silence
    -- the answer by a link, until the scheduler says more
    link_accepted   boolean,
    linked_at       timestamptz,
    CONSTRAINT lecturer_answer_by_link CHECK ((link_accepted IS NULL) = (linked_at IS NULL))
);
CREATE INDEX lecturer_answer_by_end ON lecturer_answer (ends_at);
CREATE INDEX lecturer_answer_unsettled ON lecturer_answer (changed_at) WHERE NOT settled;

-- Reminders sent: each once per branch, lecture, start and lead, whatever else changed.
CREATE TABLE reminder (
    branch_id    uuid        NOT NULL,
    booking_id   uuid        NOT NULL,
    starts_at    timestamptz NOT NULL,
    lead_seconds bigint      NOT NULL CHECK (lead_seconds > 0),
    notice_id    uuid        NOT NULL REFERENCES notice (id),
    at           timestamptz NOT NULL,
    PRIMARY KEY (branch_id, booking_id, starts_at, lead_seconds)
);
CREATE INDEX reminder_sent ON reminder (notice_id);

-- Escalation of a notice without an acknowledgement: each step once per notice, written with the notice it sends.
CREATE TABLE escalation (
    id             uuid PRIMARY KEY,
    notice_id      uuid        NOT NULL REFERENCES notice (id),   -- the unacknowledged one
    branch_id      uuid        NOT NULL,
    booking_id     uuid        NOT NULL,
    step           text        NOT NULL CHECK (step IN ('REPEAT', 'PARENT', 'ORGANIZER')),
    reason         text        NOT NULL CHECK (reason IN ('no-answer', 'lecture-is-near')),
    at             timestamptz NOT NULL,
    notified_branch_id uuid,                                          -- NULL: there was no recipient
    sent_notice_id uuid REFERENCES notice (id),
    endpoints      integer     NOT NULL CHECK (endpoints >= 0),
    CONSTRAINT escalation_once UNIQUE (notice_id, step),
    CONSTRAINT escalation_notified CHECK ((notified_branch_id IS NULL) = (sent_notice_id IS NULL))
);
CREATE INDEX escalation_newest ON escalation (at DESC, id DESC);
CREATE INDEX escalation_by_booking ON escalation (booking_id, at DESC, id DESC);
CREATE INDEX escalation_sent ON escalation (sent_notice_id) WHERE sent_notice_id IS NOT NULL;
