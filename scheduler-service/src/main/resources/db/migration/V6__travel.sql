-- Travel of a lecturer between two lectures that follow each other. How long it takes depends on the pair, so no
-- exclusion constraint can hold it: a trigger looks at both neighbours of a lecture that is placed or moved, under the
-- lock of the lecturer's row, so that in whatever order transactions commit, the later one has seen the earlier.

-- What the great-circle distance is turned into minutes with. Every process writes its configuration here as it starts.
CREATE TABLE travel_rule (
    only_one            boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    kilometres_per_hour double precision NOT NULL CHECK (kilometres_per_hour > 0),
    detour              double precision NOT NULL CHECK (detour >= 1)
);
INSERT INTO travel_rule (kilometres_per_hour, detour) VALUES (40, 1.3);

-- Pairs whose minutes are known better, both ways: entered by people, or asked of a provider of travel times.
CREATE TABLE travel_time (
    -- a venue or a branch
    one_place   uuid        NOT NULL,
    other_place uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    minutes     integer     NOT NULL CHECK (minutes BETWEEN 0 AND 2880),
    provided    boolean     NOT NULL,
    note        text,
    updated_at  timestamptz NOT NULL,
    updated_by  text        NOT NULL,
    PRIMARY KEY (one_place, other_place),
    CHECK (one_place < other_place)
);
CREATE INDEX travel_time_by_other_place ON travel_time (other_place);

-- An organizer lifted the rule for this booking where it is now; its neighbours, when they move, are checked against it.
ALTER TABLE booking ADD travel_lifted boolean NOT NULL DEFAULT false;

-- Where a lecture is: its venue's coordinates or else those of the branch whose room it is; a hall of nobody's without
-- coordinates is taken to be at the host. No row without a venue: a broadcast is anywhere.
CREATE FUNCTION lecture_place(venue uuid, host uuid)
RETURNS TABLE (at_venue uuid, at_branch uuid, latitude double precision, longitude double precision)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT v.id, b.id, coalesce(v.latitude, b.latitude), coalesce(v.longitude, b.longitude)
    FROM venue v
    LEFT JOIN branch b ON b.id = coalesce(v.branch_id, CASE WHEN v.latitude IS NULL THEN lecture_place.host END)
    WHERE v.id = lecture_place.venue;
END;

-- Whole minutes from one lecture's place to another's, rounded up, two days at the most; NULL when nothing is known.
-- What people know of the places counts first, the nearer to the point the sooner; then the provider; then the formula:
-- great-circle distance (haversine) times detour over speed.
CREATE FUNCTION travel_minutes(
    venue_1 uuid, branch_1 uuid, latitude_1 double precision, longitude_1 double precision,
    venue_2 uuid, branch_2 uuid, latitude_2 double precision, longitude_2 double precision)
RETURNS integer
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT CASE WHEN venue_1 = venue_2 THEN 0 ELSE coalesce(
        (SELECT t.minutes
         FROM (VALUES (venue_1, venue_2, 1), (venue_1, branch_2, 2), (branch_1, venue_2, 2), (branch_1, branch_2, 3))
              AS pair (one, other, rank)
         JOIN travel_time t ON t.one_place = least(pair.one, pair.other) AND t.other_place = greatest(pair.one, pair.other)
         WHERE pair.one IS NOT NULL AND pair.other IS NOT NULL
         ORDER BY t.provided, pair.rank
         LIMIT 1),
        (SELECT least(2880, ceil(round(cast(
            2 * 6371.0088 * asin(sqrt(least(1,
                power(sind((latitude_2 - latitude_1) / 2), 2)
                + cosd(latitude_1) * cosd(latitude_2) * power(sind((longitude_2 - longitude_1) / 2), 2))))
            * r.detour / r.kilometres_per_hour * 60 AS numeric), 6)))
         FROM travel_rule r
         WHERE latitude_1 IS NOT NULL AND latitude_2 IS NOT NULL)) END;
END;

-- The stretches a lecturer can travel in that a lecture at a place and time touches, were it his: from the lecture at a
-- place before it to that lecture and from there to the next at a place. Lectures at no place (broadcasts) lie on the
-- way: then the longest free stretch between them counts. A hold whose time is over is nobody's engagement any more.
CREATE FUNCTION travel_legs(
    itself uuid, of_lecturer uuid, venue uuid, host uuid, taken_from timestamptz, taken_until timestamptz)
RETURNS TABLE (
    from_booking uuid, from_venue uuid, from_host uuid, from_wanted boolean,
    to_booking uuid, to_venue uuid, to_host uuid, to_wanted boolean,
    minutes_available integer)
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    WITH line AS (
        SELECT b.id, b.venue_id, b.branch_id, b.occupied_from, b.occupied_until, false AS wanted
        FROM booking b
        WHERE b.lecturer_id = of_lecturer
          AND b.status IN ('HELD', 'CONFIRMED', 'COMPLETED')
          AND NOT (b.status = 'HELD' AND b.hold_expires_at <= clock_timestamp())
          AND b.id IS DISTINCT FROM travel_legs.itself
          -- no travel is longer than two days, no lecture than one, no buffer than half a day
          AND b.starts_at BETWEEN taken_from - interval '4 days' AND taken_until + interval '4 days'
        UNION ALL
        SELECT travel_legs.itself, travel_legs.venue, travel_legs.host, taken_from, taken_until, true),
    steps AS (
        SELECT line.*,
               count(venue_id) OVER (ORDER BY occupied_from, occupied_until ROWS UNBOUNDED PRECEDING)
                   - cast(venue_id IS NOT NULL AS integer) AS leg,
               occupied_from - lag(occupied_until) OVER (ORDER BY occupied_from, occupied_until) AS free
        FROM line)
    SELECT f.id, f.venue_id, f.branch_id, f.wanted, t.id, t.venue_id, t.branch_id, t.wanted,
           cast(floor(extract(epoch FROM l.free) / 60) AS integer)
    FROM (SELECT leg, max(free) AS free, bool_or(wanted) AS touched FROM steps GROUP BY leg) l
    JOIN steps t ON t.leg = l.leg AND t.venue_id IS NOT NULL
    JOIN steps f ON f.leg = l.leg - 1 AND f.venue_id IS NOT NULL
    WHERE l.touched OR f.wanted;
END;

-- The legs that are too short for the travel they need. Where lectures overlap, an exclusion constraint says so.
CREATE FUNCTION travel_shortfalls(
    itself uuid, of_lecturer uuid, venue uuid, host uuid, taken_from timestamptz, taken_until timestamptz)
RETURNS TABLE (neighbour uuid, comes_before boolean, minutes_needed integer, minutes_available integer)
LANGUAGE sql VOLATILE
BEGIN ATOMIC
    SELECT CASE WHEN l.to_wanted THEN l.from_booking ELSE l.to_booking END, l.to_wanted, n.minutes, l.minutes_available
    FROM travel_legs(itself, of_lecturer, venue, host, taken_from, taken_until) l
    CROSS JOIN lecture_place(l.from_venue, l.from_host) f
    CROSS JOIN lecture_place(l.to_venue, l.to_host) t
    CROSS JOIN LATERAL (SELECT travel_minutes(f.at_venue, f.at_branch, f.latitude, f.longitude,
                                              t.at_venue, t.at_branch, t.latitude, t.longitude)) AS n (minutes)
    WHERE n.minutes > l.minutes_available AND l.minutes_available >= 0
    ORDER BY l.to_wanted DESC;
END;

CREATE FUNCTION check_lecturer_travel() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- each statement below must see what others committed while this waited for the lecturer
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'bookings are placed under READ COMMITTED';
    END IF;
    PERFORM FROM lecturer WHERE id = NEW.lecturer_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM travel_shortfalls(NEW.id, NEW.lecturer_id, NEW.venue_id, NEW.branch_id,
                                             NEW.occupied_from, NEW.occupied_until)) THEN
        RAISE EXCEPTION 'the lecturer cannot get there in time'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'lecturer_travel', TABLE = 'booking';
    END IF;
    RETURN NULL;
END $$;

-- Only when a lecture is placed or moved: a place that turns out to be elsewhere does not keep anybody from confirming,
-- cancelling or completing what stands. After the exclusion constraints, which see rows as they are written.
CREATE TRIGGER lecturer_travel_of_new AFTER INSERT ON booking FOR EACH ROW
    WHEN (NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED') AND NOT NEW.travel_lifted)
    EXECUTE FUNCTION check_lecturer_travel();
CREATE TRIGGER lecturer_travel_of_moved AFTER UPDATE ON booking FOR EACH ROW
    WHEN (NEW.status IN ('HELD', 'CONFIRMED', 'COMPLETED') AND NOT NEW.travel_lifted
          AND (OLD.status NOT IN ('HELD', 'CONFIRMED', 'COMPLETED')
               OR (OLD.lecturer_id, OLD.venue_id, OLD.branch_id, OLD.occupied_from, OLD.occupied_until)
                  IS DISTINCT FROM (NEW.lecturer_id, NEW.venue_id, NEW.branch_id, NEW.occupied_from, NEW.occupied_until)))
    EXECUTE FUNCTION check_lecturer_travel();

-- What a provider said of a place is void when the place is elsewhere; what people entered is theirs to mend.
CREATE FUNCTION forget_provided_travel() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM travel_time WHERE provided AND one_place = NEW.id;
    DELETE FROM travel_time WHERE provided AND other_place = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER venue_moved AFTER UPDATE ON venue FOR EACH ROW
    WHEN ((OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude))
    EXECUTE FUNCTION forget_provided_travel();
CREATE TRIGGER branch_moved AFTER UPDATE ON branch FOR EACH ROW
    WHEN ((OLD.latitude, OLD.longitude) IS DISTINCT FROM (NEW.latitude, NEW.longitude))
    EXECUTE FUNCTION forget_provided_travel();
