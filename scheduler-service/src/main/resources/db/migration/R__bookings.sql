-- Rules about a booking's status that no constraint uses; see also occupies() and is_announced().

-- Whether the booking can still change.
CREATE OR REPLACE FUNCTION is_active(status text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN status IN ('HELD', 'CONFIRMED');

-- Whether the time of a hold is over: it stays HELD until a request or the sweep expires it. The clock is that of the database at
-- the start of the client's statement, so all rows of one statement are judged at one time.
CREATE OR REPLACE FUNCTION is_overdue(status text, hold_expires_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN status = 'HELD' AND hold_expires_at <= statement_timestamp();

-- Host and guests of a booking occupy its time: booking_branch has copies of what the exclusion constraint needs, and of what
-- coverage needs when the booking is for a campaign. Guests are added by the service, with the same copies.

CREATE OR REPLACE FUNCTION occupy_host() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.campaign_id IS NULL THEN
        INSERT INTO booking_branch (booking_id, branch_id, guest, occupied_from, occupied_until, active, exclusive)
        VALUES (NEW.id, NEW.branch_id, false, NEW.occupied_from, NEW.occupied_until, occupies(NEW.status), NEW.branch_exclusive);
    ELSE
        INSERT INTO booking_branch (booking_id, branch_id, guest, occupied_from, occupied_until, active, exclusive,
                                    campaign_id, topic_id, lecturer_id, status, starts_at, ends_at, hold_expires_at, head_count)
        VALUES (NEW.id, NEW.branch_id, false, NEW.occupied_from, NEW.occupied_until, occupies(NEW.status), NEW.branch_exclusive,
                NEW.campaign_id, NEW.topic_id, NEW.lecturer_id, NEW.status, NEW.starts_at, NEW.ends_at, NEW.hold_expires_at,
                NEW.head_count);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION occupy_branches() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.campaign_id IS NULL THEN
        UPDATE booking_branch
        SET occupied_from = NEW.occupied_from, occupied_until = NEW.occupied_until, active = occupies(NEW.status),
            exclusive = CASE WHEN guest THEN exclusive ELSE NEW.branch_exclusive END,
            branch_id = CASE WHEN guest THEN branch_id ELSE NEW.branch_id END
        WHERE booking_id = NEW.id;
    ELSE
        UPDATE booking_branch
        SET occupied_from = NEW.occupied_from, occupied_until = NEW.occupied_until, active = occupies(NEW.status),
            exclusive = CASE WHEN guest THEN exclusive ELSE NEW.branch_exclusive END,
            branch_id = CASE WHEN guest THEN branch_id ELSE NEW.branch_id END,
            campaign_id = NEW.campaign_id, topic_id = NEW.topic_id, lecturer_id = NEW.lecturer_id, status = NEW.status,
            starts_at = NEW.starts_at, ends_at = NEW.ends_at, hold_expires_at = NEW.hold_expires_at, head_count = NEW.head_count
        WHERE booking_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

-- Whether an upcoming lecture was last announced with another title, lecturer or place than it has now: the events copy
-- names and addresses, and a registry entry may change afterwards.
CREATE OR REPLACE FUNCTION is_announced_otherwise(of_booking uuid) RETURNS boolean
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM booking b
        JOIN topic t ON t.id = b.topic_id
        JOIN lecturer l ON l.id = b.lecturer_id
        LEFT JOIN venue v ON v.id = b.venue_id
        JOIN audit_entry announced ON announced.kind = 'BOOKING' AND announced.subject = cast(b.id AS text)
            AND announced.version = announced_version(b.id)
        WHERE b.id = of_booking AND is_active(b.status) AND is_announced(b.status) AND b.ends_at > statement_timestamp()
          AND (announced.state -> 'topic' ->> 'title', announced.state -> 'lecturer' ->> 'name',
               announced.state -> 'venue' ->> 'name', announced.state -> 'venue' ->> 'address')
              IS DISTINCT FROM (t.title, l.name, v.name, v.address));
END;
