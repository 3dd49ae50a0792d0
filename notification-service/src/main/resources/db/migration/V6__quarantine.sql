-- What is set aside is looked at, replayed or discarded by people, who say why.

ALTER TABLE quarantine ADD subject_id uuid;            -- as far as the record can be understood
ALTER TABLE quarantine ADD subject_version integer;
ALTER TABLE quarantine ADD type text;
ALTER TABLE quarantine ADD state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'REPLAYED', 'DISCARDED'));
ALTER TABLE quarantine ADD version integer NOT NULL DEFAULT 1 CHECK (version >= 1);
ALTER TABLE quarantine ADD skipped boolean NOT NULL DEFAULT false;
ALTER TABLE quarantine ADD CONSTRAINT quarantine_skipped_when_discarded CHECK (NOT skipped OR state = 'DISCARDED');
-- One row per content: what is published again lies here once. The position cannot say that, for the offsets of a topic
-- that was made anew begin again at 0.
ALTER TABLE quarantine ADD digest bytea;
UPDATE quarantine SET digest = sha256(convert_to(id::text, 'UTF8'));
ALTER TABLE quarantine ALTER COLUMN digest SET NOT NULL;
ALTER TABLE quarantine ADD CONSTRAINT quarantine_once UNIQUE (digest);
ALTER TABLE quarantine DROP CONSTRAINT quarantine_topic_partition_record_offset_key;
CREATE INDEX quarantine_newest ON quarantine (quarantined_at DESC, id DESC);
CREATE INDEX quarantine_open ON quarantine (quarantined_at DESC, id DESC) WHERE state = 'OPEN';
CREATE INDEX quarantine_by_subject ON quarantine (subject_id, subject_version) WHERE subject_id IS NOT NULL;

-- Who did what with a record set aside, and why.
CREATE TABLE quarantine_act (
    id            uuid PRIMARY KEY,
    quarantine_id uuid        NOT NULL REFERENCES quarantine (id),
    act           text        NOT NULL CHECK (act IN ('REPLAY', 'DISCARD')),
    outcome       text        NOT NULL CHECK (outcome IN ('APPLIED', 'HELD', 'REPEAT', 'REFUSED', 'DISCARDED', 'SKIPPED')),
    refused_for   text,
    actor         text        NOT NULL CHECK (actor <> ''),
    reason        text        NOT NULL CHECK (reason <> ''),
    acted_at      timestamptz NOT NULL,
    CONSTRAINT quarantine_act_refused_for CHECK ((outcome = 'REFUSED') = (refused_for IS NOT NULL))
);
CREATE INDEX quarantine_act_of ON quarantine_act (quarantine_id, id);

CREATE FUNCTION quarantine_act_only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER quarantine_act_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantine_act
    FOR EACH STATEMENT EXECUTE FUNCTION quarantine_act_only_grows();

-- What is held remembers where it came from, so that it can be set aside when a restored producer overtakes it.
ALTER TABLE held_event ADD topic text;
ALTER TABLE held_event ADD partition integer;
ALTER TABLE held_event ADD record_offset bigint;
ALTER TABLE held_event ADD headers text;
UPDATE held_event SET topic = CASE WHEN type LIKE 'lectern.request.%' THEN 'lectern.requests' ELSE 'lectern.bookings' END,
                      partition = -1, record_offset = -1, headers = '[]';
ALTER TABLE held_event ALTER COLUMN topic SET NOT NULL;
ALTER TABLE held_event ALTER COLUMN partition SET NOT NULL;
ALTER TABLE held_event ALTER COLUMN record_offset SET NOT NULL;
ALTER TABLE held_event ALTER COLUMN headers SET NOT NULL;
CREATE INDEX held_event_oldest ON held_event (held_since);

-- Which version of which booking an event was: what is too old for its id to be remembered is told apart by that.
CREATE INDEX inbox_by_subject ON inbox (subject, version);
CREATE INDEX inbox_by_age ON inbox (received_at);
