-- Rules that an organizer overrode with a version of a booking, and why. Rows written before had none.

ALTER TABLE booking_history
    ADD override_reason text,
    ADD overridden      text[] NOT NULL DEFAULT '{}';
