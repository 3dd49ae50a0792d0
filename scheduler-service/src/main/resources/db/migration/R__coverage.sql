-- The visits of a campaign at one branch, as host or guest, that count: 54 bytes each, by topic and time. Topic, lecturer, start
-- and end in microseconds since 1970, head count, and as bits: 1 held, 2 guest, 4 notified and 8 acknowledged, both in the
-- version last announced, 16 accepted by the lecturer, 32 rated by the branch.
CREATE OR REPLACE FUNCTION coverage_visits(campaign uuid, branch uuid) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(
               uuid_send(v.topic_id) || uuid_send(v.lecturer_id)
               || int8send(cast(extract(epoch FROM v.starts_at) * 1000000 AS bigint))
               || int8send(cast(extract(epoch FROM v.ends_at) * 1000000 AS bigint))
               || int4send(coalesce(v.head_count, 0))
               || int2send(cast(CASE WHEN v.status = 'COMPLETED' THEN 1 ELSE 0 END
                                + CASE WHEN v.guest THEN 2 ELSE 0 END
                                + CASE WHEN v.status = 'CONFIRMED' AND EXISTS (
                                           SELECT FROM notice_delivered d
                                           WHERE d.booking_id = v.booking_id AND d.branch_id = v.branch_id
                                             AND d.withdrawn_at IS NULL
                                             AND d.version >= announced_version(d.booking_id)) THEN 4 ELSE 0 END
                                + CASE WHEN v.status = 'CONFIRMED' AND EXISTS (
                                           SELECT FROM acknowledgement a
                                           WHERE a.booking_id = v.booking_id AND a.branch_id = v.branch_id
                                             AND a.version >= announced_version(a.booking_id)) THEN 8 ELSE 0 END
                                + CASE WHEN EXISTS (
                                           SELECT FROM lecturer_answer w
                                           WHERE w.booking_id = v.booking_id AND w.state IN ('ACCEPTED', 'CONSENTED'))
                                       THEN 16 ELSE 0 END
                                + CASE WHEN EXISTS (
                                           SELECT FROM lecture_rating r
                                           WHERE r.booking_id = v.booking_id AND r.branch_id = v.branch_id)
                                       THEN 32 ELSE 0 END AS smallint)),
               ''::bytea ORDER BY v.topic_id, v.starts_at, v.booking_id), ''::bytea)
    FROM booking_branch v
    WHERE v.campaign_id = $1 AND v.branch_id = $2 AND occupies(v.status) AND is_announced(v.status)
$$;

CREATE OR REPLACE FUNCTION coverage_changed_by_visit() RETURNS trigger
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

-- A change that branches are notified of, such as the venue, makes acknowledgements outdated even if it moves no figure here.
CREATE OR REPLACE FUNCTION coverage_changed_by_booking() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_changed (campaign_id, branch_id)
    SELECT campaign_id, branch_id FROM booking_branch WHERE booking_id = NEW.id AND campaign_id IS NOT NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coverage_changed_by_acknowledgement() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_changed (campaign_id, branch_id)
    SELECT campaign_id, branch_id FROM booking_branch
    WHERE booking_id = NEW.booking_id AND branch_id = NEW.branch_id AND campaign_id IS NOT NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION coverage_changed_by_answer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO coverage_changed (campaign_id, branch_id)
    SELECT campaign_id, branch_id FROM booking_branch WHERE booking_id = NEW.booking_id AND campaign_id IS NOT NULL;
    RETURN NULL;
END $$;

-- Where the kept visits differ from the bookings; must be empty, and a marked branch is computed anyway. Repair:
-- INSERT INTO coverage_changed (campaign_id, branch_id) SELECT campaign_id, branch_id FROM coverage_differences().
CREATE OR REPLACE FUNCTION coverage_differences()
RETURNS TABLE (campaign_id uuid, branch_id uuid, kept bytea, computed bytea)
LANGUAGE sql STABLE AS $$
    SELECT e.campaign_id, e.branch_id, k.visits, c.visits
    FROM (SELECT campaign_id, branch_id FROM coverage_cache
          UNION SELECT campaign_id, branch_id FROM booking_branch WHERE campaign_id IS NOT NULL) e
    LEFT JOIN coverage_cache k ON k.campaign_id = e.campaign_id AND k.branch_id = e.branch_id
    CROSS JOIN LATERAL (SELECT coverage_visits(e.campaign_id, e.branch_id) AS visits) c
    WHERE coalesce(k.visits, ''::bytea) <> c.visits
      AND NOT EXISTS (SELECT FROM coverage_changed m WHERE m.campaign_id = e.campaign_id AND m.branch_id = e.branch_id)
$$;
