-- What coverage is counted from, kept per branch of a campaign so that 10,000 branches with 200,000 bookings are one read
-- of 10,000 rows. Nothing that depends on the time or on the terms of a campaign is kept: both are applied when it is read.
--
-- Writers only leave a mark here, each its own row, in the transaction of their change: they never wait for each other.
-- What is marked is computed from the bookings when it is read, in the same snapshot; so coverage is right whether or
-- not anybody has tidied marks away, and doing so is a matter of speed alone.

CREATE TABLE coverage_changed (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id uuid NOT NULL,
    branch_id   uuid NOT NULL
);
CREATE INDEX coverage_changed_where ON coverage_changed (campaign_id, branch_id);

CREATE TABLE coverage_kept (
    campaign_id uuid  NOT NULL,
    branch_id   uuid  NOT NULL,
    -- as coverage_visits() says
    visits      bytea NOT NULL,
    PRIMARY KEY (campaign_id, branch_id)
);

-- The visits of a campaign at one branch, host or guest, that stand: 54 bytes each, by topic and time. Topic, lecturer,
-- start and end in microseconds since 1970, head-count, and as bits: 1 held, 2 guest, 8 acknowledged as it was last told.
CREATE FUNCTION coverage_visits(campaign uuid, branch uuid) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(
               uuid_send(v.topic_id) || uuid_send(v.lecturer_id)
               || int8send(cast(extract(epoch FROM v.starts_at) * 1000000 AS bigint))
               || int8send(cast(extract(epoch FROM v.ends_at) * 1000000 AS bigint))
               || int4send(coalesce(v.head_count, 0))
               || int2send(cast(CASE WHEN v.status = 'COMPLETED' THEN 1 ELSE 0 END
                                + CASE WHEN v.guest THEN 2 ELSE 0 END
                                + CASE WHEN v.status = 'CONFIRMED' AND EXISTS (
                                           SELECT FROM acknowledgement a
                                           WHERE a.booking_id = v.booking_id AND a.branch_id = v.branch_id
                                             AND a.version >= told_version(a.booking_id)) THEN 8 ELSE 0 END AS smallint)),
               ''::bytea ORDER BY v.topic_id, v.starts_at, v.booking_id), ''::bytea)
    FROM booking_branch v
    WHERE v.campaign_id = $1 AND v.branch_id = $2 AND v.status IN ('CONFIRMED', 'COMPLETED')
$$;

INSERT INTO coverage_kept (campaign_id, branch_id, visits)
SELECT v.campaign_id, v.branch_id, coverage_visits(v.campaign_id, v.branch_id)
FROM (SELECT DISTINCT campaign_id, branch_id FROM booking_branch WHERE campaign_id IS NOT NULL) v;

CREATE FUNCTION coverage_changed_by_visit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.campaign_id IS NOT NULL THEN
        INSERT INTO coverage_changed (campaign_id, branch_id) VALUES (OLD.campaign_id, OLD.branch_id);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.campaign_id IS NOT NULL
       AND (TG_OP = 'INSERT' OR (NEW.campaign_id, NEW.branch_id) IS DISTINCT FROM (OLD.campaign_id, OLD.branch_id)) THEN
        INSERT INTO coverage_changed (campaign_id, branch_id) VALUES (NEW.campaign_id, NEW.branch_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_changed_by_visit AFTER INSERT OR UPDATE OR DELETE ON booking_branch
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_visit();

-- A change that branches are told of but that moves nothing kept here, such as of the venue, makes acknowledgements old.
CREATE FUNCTION coverage_changed_by_booking() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_changed (campaign_id, branch_id)
    SELECT campaign_id, branch_id FROM booking_branch WHERE booking_id = NEW.id AND campaign_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_changed_by_booking AFTER UPDATE ON booking FOR EACH ROW
    WHEN (NEW.campaign_id IS NOT NULL) EXECUTE FUNCTION coverage_changed_by_booking();

CREATE FUNCTION coverage_changed_by_acknowledgement() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_changed (campaign_id, branch_id)
    SELECT campaign_id, branch_id FROM booking_branch
    WHERE booking_id = NEW.booking_id AND branch_id = NEW.branch_id AND campaign_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER coverage_changed_by_acknowledgement AFTER INSERT ON acknowledgement
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_acknowledgement();

-- Where what is kept is not what the bookings say. There must be nothing; a branch that is marked is computed anyway. Mend
-- it with INSERT INTO coverage_changed (campaign_id, branch_id) SELECT campaign_id, branch_id FROM coverage_differences().
CREATE FUNCTION coverage_differences()
RETURNS TABLE (campaign_id uuid, branch_id uuid, kept bytea, computed bytea)
LANGUAGE sql STABLE AS $$
    SELECT e.campaign_id, e.branch_id, k.visits, c.visits
    FROM (SELECT campaign_id, branch_id FROM coverage_kept
          UNION SELECT campaign_id, branch_id FROM booking_branch WHERE campaign_id IS NOT NULL) e
    LEFT JOIN coverage_kept k ON k.campaign_id = e.campaign_id AND k.branch_id = e.branch_id
    CROSS JOIN LATERAL (SELECT coverage_visits(e.campaign_id, e.branch_id) AS visits) c
    WHERE coalesce(k.visits, ''::bytea) <> c.visits
      AND NOT EXISTS (SELECT FROM coverage_changed m WHERE m.campaign_id = e.campaign_id AND m.branch_id = e.branch_id)
$$;
