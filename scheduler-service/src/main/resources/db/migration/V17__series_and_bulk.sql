-- Series of lectures, and changes of many bookings at once.

CREATE TABLE series (
    id         uuid PRIMARY KEY,
    -- how often the series itself was changed; its version counts the changes of its occurrences too
    revision   integer     NOT NULL CHECK (revision >= 1),
    -- what was asked for, as it was asked
    pattern    jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    updated_at timestamptz NOT NULL,
    updated_by text        NOT NULL
);

ALTER TABLE booking
    ADD series_id uuid REFERENCES series,
    -- it was changed by itself: changes of the series leave it alone
    ADD series_detached boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT booking_detached_from_something CHECK (NOT series_detached OR series_id IS NOT NULL);
CREATE INDEX booking_by_series ON booking (series_id, starts_at) WHERE series_id IS NOT NULL;

-- What an organizer was shown before a change of many bookings: exactly these bookings in exactly these versions.
CREATE TABLE bulk_preview (
    token      uuid PRIMARY KEY,
    principal  text        NOT NULL,
    request    jsonb       NOT NULL,
    bookings   uuid[]      NOT NULL,
    versions   integer[]   NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (cardinality(bookings) = cardinality(versions))
);
CREATE INDEX bulk_preview_by_expiry ON bulk_preview (expires_at);

-- Bookings that exchange their slots clash for a moment, whichever is written first. So that a transaction can change
-- them all and be judged by the outcome, the exclusion constraints become deferrable. They stay INITIALLY IMMEDIATE: a
-- statement that breaks one fails at once, as before, unless the transaction says SET CONSTRAINTS … DEFERRED. What is
-- given up: they can no longer be arbiters of ON CONFLICT, which nobody uses here.
DO $$
DECLARE
    guard record;
BEGIN
    FOR guard IN
        SELECT c.conrelid::regclass AS owner, c.conname, pg_get_constraintdef(c.oid) AS definition
        FROM pg_constraint c
        WHERE c.contype = 'x' AND NOT c.condeferrable
          AND c.connamespace = current_schema()::regnamespace
          AND c.conname IN ('lecturer_occupied', 'venue_occupied', 'branch_occupied')
        ORDER BY c.oid
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s DEFERRABLE INITIALLY IMMEDIATE',
                       guard.owner, guard.conname, guard.conname, guard.definition);
    END LOOP;
END $$;
