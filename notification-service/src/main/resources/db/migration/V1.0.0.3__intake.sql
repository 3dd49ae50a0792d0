-- What came from Kafka and what became of it.

-- Every processed event: keeping its id makes a repeat harmless. Subject and version recognise a repeat after its
-- id was removed.
CREATE TABLE inbox (
    event_id    uuid PRIMARY KEY,
    type        text        NOT NULL,
    subject     uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    received_at timestamptz NOT NULL
);
CREATE INDEX inbox_by_subject ON inbox (subject, version);
CREATE INDEX inbox_by_age ON inbox (received_at);

-- The last applied version of each subject, a booking or a lecture request. Never deleted: it distinguishes late repeats
-- from new events. Each event updates a row; the free space keeps that update on the same page.
CREATE TABLE subject_view (
    subject_id  uuid PRIMARY KEY,
    incarnation uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 0),
    state       text        NOT NULL,
    updated_at  timestamptz NOT NULL,
    -- the highest SEQUENCE of its calendar entries that were removed, so that a later entry still rises
    calendar_sequence integer
) WITH (fillfactor = 75);

-- Events that came too early: before an earlier version of their subject, or before their branch.
CREATE TABLE held_event (
    subject_id    uuid        NOT NULL,
    version       integer     NOT NULL CHECK (version >= 1),
    event_id      uuid        NOT NULL UNIQUE,
    branch_id     uuid        NOT NULL,
    type          text        NOT NULL,
    incarnation   uuid        NOT NULL,
    occurred_at   timestamptz NOT NULL,
    traceparent   text,
    value         bytea       NOT NULL,
    held_since    timestamptz NOT NULL,
    -- the record, so that it can be quarantined when a restored producer overtakes it
    topic         text        NOT NULL,
    partition     integer     NOT NULL,
    record_offset bigint      NOT NULL,
    headers       text        NOT NULL,
    PRIMARY KEY (subject_id, version)
);
CREATE INDEX held_event_by_branch ON held_event (branch_id);
CREATE INDEX held_event_oldest ON held_event (held_since);

-- Applied events of a lecturer that the directory does not know yet. Their branches were notified without waiting; the
-- lecturer is notified as soon as it is known.
CREATE TABLE awaited_lecturer (
    lecturer_id uuid        NOT NULL,
    event_id    uuid        NOT NULL,
    subject_id  uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    incarnation uuid        NOT NULL,
    type        text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    traceparent text,
    value       bytea       NOT NULL,
    ends_at     timestamptz NOT NULL,      -- of the lecture: no notice is sent about it afterwards
    PRIMARY KEY (lecturer_id, event_id)
);
CREATE INDEX awaited_lecturer_by_subject ON awaited_lecturer (subject_id);
CREATE INDEX awaited_lecturer_by_end ON awaited_lecturer (ends_at);

-- Records that cannot be processed, byte for byte. An operator replays or discards them.
CREATE TABLE quarantine (
    id              uuid PRIMARY KEY,
    topic           text        NOT NULL,
    partition       integer     NOT NULL,
    record_offset   bigint      NOT NULL,
    record_key      bytea,
    headers         text        NOT NULL,    -- JSON: [{"name": …, "value": base64}]
    value           bytea,
    reason          text        NOT NULL,
    quarantined_at  timestamptz NOT NULL,
    subject_id      uuid,                    -- as far as the record can be understood
    subject_version integer,
    type            text,
    state           text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'REPLAYED', 'DISCARDED')),
    version         integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    skipped         boolean     NOT NULL DEFAULT false,
    -- One row per content, however often it is published. The position cannot ensure that: the offsets of a topic that
    -- was created again begin again at 0.
    digest          bytea       NOT NULL CONSTRAINT quarantine_once UNIQUE,
    CONSTRAINT quarantine_skipped_when_discarded CHECK (NOT skipped OR state = 'DISCARDED')
);
CREATE INDEX quarantine_newest ON quarantine (quarantined_at DESC, id DESC);
CREATE INDEX quarantine_open ON quarantine (quarantined_at DESC, id DESC) WHERE state = 'OPEN';
CREATE INDEX quarantine_by_subject ON quarantine (subject_id, subject_version) WHERE subject_id IS NOT NULL;

-- What operators did with quarantined records, and why. Append-only; kept for at least a year.
CREATE TABLE quarantine_action (
    id            uuid PRIMARY KEY,
    quarantine_id uuid        NOT NULL REFERENCES quarantine (id),
    action           text        NOT NULL CHECK (action IN ('REPLAY', 'DISCARD')),
    outcome       text        NOT NULL CHECK (outcome IN ('APPLIED', 'HELD', 'REPEAT', 'REFUSED', 'DISCARDED', 'SKIPPED')),
    failure_reason   text,
    actor         text        NOT NULL CHECK (actor <> ''),
    reason        text        NOT NULL CHECK (reason <> ''),
    acted_at      timestamptz NOT NULL,
    CONSTRAINT quarantine_action_failure_reason CHECK ((outcome = 'REFUSED') = (failure_reason IS NOT NULL))
);
CREATE INDEX quarantine_action_of ON quarantine_action (quarantine_id, id);

-- The position of each partition: written in the transaction of the effects.
CREATE TABLE consumer_offset (
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    next_offset bigint      NOT NULL CHECK (next_offset >= 0),
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (topic, partition)
);
