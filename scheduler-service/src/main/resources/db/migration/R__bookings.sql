-- Host and guests of a booking occupy its time: booking_branch has a copy of what the exclusion constraint and coverage need.

CREATE OR REPLACE FUNCTION occupy_host() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO booking_branch (booking_id, branch_id, guest, occupied_from, occupied_until, active, exclusive)
    VALUES (NEW.id, NEW.branch_id, false, NEW.occupied_from, NEW.occupied_until,
            NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED'), NEW.branch_exclusive);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION occupy_branches() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE booking_branch
    SET occupied_from = NEW.occupied_from, occupied_until = NEW.occupied_until,
        active = NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED'),
        exclusive = CASE WHEN guest THEN exclusive ELSE NEW.branch_exclusive END,
        branch_id = CASE WHEN guest THEN branch_id ELSE NEW.branch_id END
    WHERE booking_id = NEW.id;
    RETURN NULL;
END $$;

-- What coverage needs of a campaign's booking, beside each of its branches.
CREATE OR REPLACE FUNCTION visit_of_campaign() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    b booking%ROWTYPE;
BEGIN
    SELECT * INTO b FROM booking WHERE id = NEW.booking_id;
    IF b.campaign_id IS NOT NULL THEN
        NEW.campaign_id := b.campaign_id;
        NEW.topic_id := b.topic_id;
        NEW.lecturer_id := b.lecturer_id;
        NEW.status := b.status;
        NEW.starts_at := b.starts_at;
        NEW.ends_at := b.ends_at;
        NEW.hold_expires_at := b.hold_expires_at;
        NEW.head_count := b.head_count;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION visits_of_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE booking_branch SET head_count = NEW.head_count WHERE booking_id = NEW.id;
    RETURN NULL;
END $$;
