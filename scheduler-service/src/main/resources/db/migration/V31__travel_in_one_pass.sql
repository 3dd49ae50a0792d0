-- Every booking asks twice for the ways before and after it, and nearly always there is time enough. Walked in one pass
-- over the lecturer's days, in place of windows, groups and joins of them; and minutes are asked for only where
-- they could be too many: between two places, with less time than the longest travel there is. What is answered is the same.
-- A statement that calls these sees what its own snapshot sees: for the trigger's, taken once the lecturer is locked.

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
          AND b.status IN ('HELD', 'CONFIRMED', 'COMPLETED')
          AND NOT (b.status = 'HELD' AND b.hold_expires_at <= clock_timestamp())
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

CREATE OR REPLACE FUNCTION travel_shortfalls(
    itself uuid, of_lecturer uuid, venue uuid, host uuid, taken_from timestamptz, taken_until timestamptz)
RETURNS TABLE (neighbour uuid, comes_before boolean, minutes_needed integer, minutes_available integer)
LANGUAGE plpgsql STABLE ROWS 2 AS $$
DECLARE
    leg record;
BEGIN
    -- a negative time is an overlap, of which an exclusion constraint says that it cannot be
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
