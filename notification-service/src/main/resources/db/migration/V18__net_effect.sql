-- Changes to one lecture that follow one another quickly reach a branch as one message, or as none.

-- Never attempted, and no longer needed: a later message tells it, or there is nothing left to tell.
ALTER TABLE delivery DROP CONSTRAINT delivery_state_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_state_check
    CHECK (state IN ('READY', 'LEASED', 'DELIVERED', 'PARKED', 'DEAD', 'SUPERSEDED'));
ALTER TABLE delivery DROP CONSTRAINT delivery_dead_for_a_reason;
ALTER TABLE delivery ADD CONSTRAINT delivery_over_for_a_reason
    CHECK ((state IN ('DEAD', 'SUPERSEDED')) = (reason IS NOT NULL));
ALTER TABLE delivery DROP CONSTRAINT delivery_finished;
ALTER TABLE delivery ADD CONSTRAINT delivery_finished
    CHECK ((state IN ('DELIVERED', 'DEAD', 'SUPERSEDED')) = (finished_at IS NOT NULL));
ALTER TABLE delivery ADD CONSTRAINT delivery_superseded_unsent CHECK (state <> 'SUPERSEDED' OR attempts = attempts_before);

-- The delivery that tells it instead.
ALTER TABLE delivery ADD superseded_by uuid REFERENCES delivery (id);
-- The number of the first notice it tells of: its own, unless it has taken in earlier ones. Nothing: it gathers none.
ALTER TABLE delivery ADD gathers_from bigint;
-- What it says instead of its notice's own words, when it has taken in earlier ones.
ALTER TABLE delivery ADD kind text;
ALTER TABLE delivery ADD title text;
ALTER TABLE delivery ADD body text;
ALTER TABLE delivery ADD CONSTRAINT delivery_words CHECK ((title IS NULL) = (body IS NULL) AND (title IS NULL) = (kind IS NULL));
