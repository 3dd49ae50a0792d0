-- Which branches a message has reached, as the notification service tells it; coverage counts it between booked and
-- acknowledged.

CREATE TABLE notice_delivered (
    booking_id  uuid        NOT NULL,   -- no foreign keys, as with acknowledgements
    branch_id   uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version >= 1),
    at          timestamptz NOT NULL,
    channel     text        NOT NULL,
    event_id    uuid        NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (booking_id, branch_id, version)
);
CREATE TRIGGER coverage_changed_by_delivery AFTER INSERT ON notice_delivered
    FOR EACH ROW EXECUTE FUNCTION coverage_changed_by_acknowledgement();

-- As in V22, and 4 for told as it was last told of. What is kept already has no such bit and needs none.
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
                                             AND d.version >= told_version(d.booking_id)) THEN 4 ELSE 0 END
                                + CASE WHEN v.status = 'CONFIRMED' AND EXISTS (
                                           SELECT FROM acknowledgement a
                                           WHERE a.booking_id = v.booking_id AND a.branch_id = v.branch_id
                                             AND a.version >= told_version(a.booking_id)) THEN 8 ELSE 0 END AS smallint)),
               ''::bytea ORDER BY v.topic_id, v.starts_at, v.booking_id), ''::bytea)
    FROM booking_branch v
    WHERE v.campaign_id = $1 AND v.branch_id = $2 AND v.status IN ('CONFIRMED', 'COMPLETED')
$$;
