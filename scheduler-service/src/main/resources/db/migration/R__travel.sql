-- Travel of a lecturer between two consecutive lectures. The check looks at both neighbours of a lecture that is placed or
-- moved, under the lock of the lecturer's row: in whatever order transactions commit, the later one has seen the earlier.

-- The place of a lecture: its venue's coordinates, else those of the branch that owns the room; a hall without owner and
-- coordinates counts as at the host. No row without a venue: a broadcast has no place.
CREATE OR REPLACE FUNCTION lecture_place(venue uuid, host uuid)
RETURNS TABLE (at_venue uuid, at_branch uuid, latitude double precision, longitude double precision)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT v.id, b.id, coalesce(v.latitude, b.latitude), coalesce(v.longitude, b.longitude)
    FROM venue v
    LEFT JOIN branch b ON b.id = coalesce(v.branch_id, CASE WHEN v.latitude IS NULL THEN lecture_place.host END)
    WHERE v.id = lecture_place.venue;
END;

-- Whole minutes from one lecture's place to another's, rounded up, at most two days; NULL when nothing is known. Entered
-- minutes come first, the more exact place first; then the provider's; then the formula: great-circle distance (haversine)
-- times detour over speed.
CREATE OR REPLACE FUNCTION travel_minutes(
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

-- The legs that a lecture at a place and time would touch, were it the lecturer's: from the lecture with a place before it, and to
-- the next one with a place. Broadcasts have no place and lie between: then the longest free stretch between them counts.
-- An overdue hold is no engagement. One pass over the lecturer's days: every booking asks twice, and nearly always there is time
-- enough. It sees the snapshot of the calling statement: for the trigger's, taken once the lecturer is locked.
CREATE OR REPLACE FUNCTION travel_legs(
    itself uuid, of_lecturer uuid, venue uuid, host uuid, taken_from timestamptz, taken_until timestamptz)
RETURNS TABLE (
    from_booking uuid, from_venue uuid, from_host uuid, from_wanted boolean,
    to_booking uuid, to_venue uuid, to_host uuid, to_wanted boolean,
    minutes_available integer)
LANGUAGE plpgsql STABLE ROWS 2 AS $$
DECLARE
    present record;
    before timestamptz;       -- when the one before ends
    free interval;            -- the longest free stretch since the last one at a place
    touched boolean := false; -- whether the wanted one lies on the way since then
BEGIN
    from_wanted := false;
    FOR present IN
        SELECT b.id, b.venue_id, b.branch_id, b.occupied_from, b.occupied_until, false AS wanted
        FROM booking b
        WHERE b.lecturer_id = of_lecturer
          AND occupies(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)
          AND b.id IS DISTINCT FROM itself
          -- no travel is longer than two days, no lecture than one, no buffer than half a day
          AND b.starts_at BETWEEN taken_from - interval '4 days' AND taken_until + interval '4 days'
        UNION ALL
        SELECT itself, venue, host, taken_from, taken_until, true
        ORDER BY occupied_from, occupied_until
    LOOP
        free := greatest(free, present.occupied_from - before);
        before := present.occupied_until;
        touched := touched OR present.wanted;
        CONTINUE WHEN present.venue_id IS NULL;
        IF from_venue IS NOT NULL AND (touched OR from_wanted) THEN
            to_booking := present.id;
            to_venue := present.venue_id;
            to_host := present.branch_id;
            to_wanted := present.wanted;
            minutes_available := floor(extract(epoch FROM free) / 60);
            RETURN NEXT;
        END IF;
        from_booking := present.id;
        from_venue := present.venue_id;
        from_host := present.branch_id;
        from_wanted := present.wanted;
        free := NULL;
        touched := false;
    END LOOP;
END $$;

-- The legs that are too short for the travel they need. Minutes are computed only where they could be too many: between
-- two places, with less time than the longest travel there is.
CREATE OR REPLACE FUNCTION travel_shortfalls(
    itself uuid, of_lecturer uuid, venue uuid, host uuid, taken_from timestamptz, taken_until timestamptz)
RETURNS TABLE (neighbour uuid, comes_before boolean, minutes_needed integer, minutes_available integer)
LANGUAGE plpgsql STABLE ROWS 2 AS $$
DECLARE
    leg record;
BEGIN
    -- a negative time is an overlap, which an exclusion constraint refuses
    FOR leg IN
        SELECT * FROM travel_legs(itself, of_lecturer, venue, host, taken_from, taken_until) l
        WHERE l.minutes_available BETWEEN 0 AND 2879 AND l.from_venue <> l.to_venue
    LOOP
        SELECT travel_minutes(f.at_venue, f.at_branch, f.latitude, f.longitude,
                              t.at_venue, t.at_branch, t.latitude, t.longitude)
        INTO minutes_needed
        FROM lecture_place(leg.from_venue, leg.from_host) f
        CROSS JOIN lecture_place(leg.to_venue, leg.to_host) t;
        IF minutes_needed > leg.minutes_available THEN
            neighbour := CASE WHEN leg.to_wanted THEN leg.from_booking ELSE leg.to_booking END;
            comes_before := leg.to_wanted;
            minutes_available := leg.minutes_available;
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;

-- A deferred check looks at the lecture as it is then, not as it was when queued: it may have been moved again, cancelled, or
-- its rule overridden since.
CREATE OR REPLACE FUNCTION check_lecturer_travel() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    present booking;
BEGIN
    -- each statement below must see what others committed while this waited for the lecturer
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'bookings are placed under READ COMMITTED';
    END IF;
    SELECT * INTO present FROM booking WHERE id = NEW.id;
    IF NOT FOUND OR present.travel_overridden OR NOT occupies(present.status) THEN
        RETURN NULL;
    END IF;
    PERFORM FROM lecturer WHERE id = present.lecturer_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM travel_shortfalls(present.id, present.lecturer_id, present.venue_id, present.branch_id,
                                             present.occupied_from, present.occupied_until)) THEN
        RAISE EXCEPTION 'the lecturer cannot get there in time'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'lecturer_travel', TABLE = 'booking';
    END IF;
    RETURN NULL;
END $$;

-- A provider's minutes are void when a place moves; entered minutes stay for people to correct.
CREATE OR REPLACE FUNCTION forget_provided_travel() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM travel_time WHERE provided AND one_place = NEW.id;
    DELETE FROM travel_time WHERE provided AND other_place = NEW.id;
    RETURN NULL;
END $$;
