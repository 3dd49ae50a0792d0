-- Holds: slots reserved until an expiry. An exclusion constraint cannot look at the clock, so a hold whose time is over
-- still stands in the constraint until somebody expires it: whoever meets it, or the sweep, whichever comes first.

ALTER TABLE booking
    ADD hold_expires_at timestamptz,
    DROP CONSTRAINT booking_status_check,
    ADD CONSTRAINT booking_status_check
        CHECK (status IN ('HELD', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'RELEASED', 'EXPIRED')),
    ADD CONSTRAINT booking_hold CHECK (status <> 'HELD' OR (hold_expires_at IS NOT NULL AND isfinite(hold_expires_at))),
    ADD CONSTRAINT booking_firm CHECK (status NOT IN ('CONFIRMED', 'CANCELLED', 'COMPLETED') OR hold_expires_at IS NULL);

CREATE INDEX booking_held_by_expiry ON booking (hold_expires_at) WHERE status = 'HELD';
CREATE INDEX booking_held_by_organizer ON booking (created_by) WHERE status = 'HELD';
