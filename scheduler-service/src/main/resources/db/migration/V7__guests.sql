-- Guest branches join a lecture of another branch. Host and guests stand in one table, so that one exclusion constraint
-- keeps a branch from being at two lectures at once, in whatever role, unless it is marked as parallel.

CREATE TABLE booking_branch (
    booking_id          uuid        NOT NULL REFERENCES booking,
    branch_id           uuid        NOT NULL REFERENCES branch,
    guest               boolean     NOT NULL,
    -- of a guest; that of the host stands in the booking
    expected_head_count integer CHECK (expected_head_count >= 0),
    -- copies of what the booking says, kept by triggers: an exclusion constraint sees one table only
    occupied_from       timestamptz NOT NULL,
    occupied_until      timestamptz NOT NULL,
    active              boolean     NOT NULL,
    exclusive           boolean     NOT NULL,
    PRIMARY KEY (booking_id, branch_id),
    CONSTRAINT booking_branch_times CHECK (
        isfinite(occupied_from) AND isfinite(occupied_until) AND occupied_from < occupied_until)
);
CREATE UNIQUE INDEX booking_branch_one_host ON booking_branch (booking_id) WHERE NOT guest;
CREATE INDEX booking_branch_by_branch ON booking_branch (branch_id, occupied_from);

INSERT INTO booking_branch (booking_id, branch_id, guest, occupied_from, occupied_until, active, exclusive)
SELECT id, branch_id, false, occupied_from, occupied_until, status IN ('HELD', 'CONFIRMED', 'COMPLETED'), branch_exclusive
FROM booking;

ALTER TABLE booking DROP CONSTRAINT branch_occupied;
ALTER TABLE booking_branch ADD CONSTRAINT branch_occupied EXCLUDE USING gist (
    branch_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&) WHERE (active AND exclusive);

CREATE FUNCTION occupy_host() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO booking_branch (booking_id, branch_id, guest, occupied_from, occupied_until, active, exclusive)
    VALUES (NEW.id, NEW.branch_id, false, NEW.occupied_from, NEW.occupied_until,
            NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED'), NEW.branch_exclusive);
    RETURN NULL;
END $$;

CREATE FUNCTION occupy_branches() RETURNS trigger
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

-- Named so that they run before the check of travel: who is taken is told before who comes too late.
CREATE TRIGGER branches_of_new AFTER INSERT ON booking FOR EACH ROW EXECUTE FUNCTION occupy_host();
CREATE TRIGGER branches_of_changed AFTER UPDATE ON booking FOR EACH ROW
    WHEN ((OLD.status, OLD.occupied_from, OLD.occupied_until, OLD.branch_exclusive, OLD.branch_id)
          IS DISTINCT FROM (NEW.status, NEW.occupied_from, NEW.occupied_until, NEW.branch_exclusive, NEW.branch_id))
    EXECUTE FUNCTION occupy_branches();
