-- The version of a booking that was last announced to its branches; NULL while it is a hold. Changing a hold, amending what
-- concerns organizers only and completing a lecture announce nothing.
CREATE OR REPLACE FUNCTION announced_version(booking uuid) RETURNS integer
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT max(e.version) FROM audit_entry e
    WHERE e.kind = 'BOOKING' AND e.subject = cast(booking AS text)
      AND e.action IN ('CONFIRMED', 'CHANGED', 'RENOTIFIED', 'CANCELLED')
      AND e.version >= (SELECT min(c.version) FROM audit_entry c
                        WHERE c.kind = 'BOOKING' AND c.subject = cast(booking AS text) AND c.action = 'CONFIRMED');
END;
