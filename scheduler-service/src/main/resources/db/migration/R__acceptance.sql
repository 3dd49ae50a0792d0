-- The state of a lecturer's answer; NULL without a question. Silence has its consequence at the due time, by the clock of the
-- database, before the sweep writes it.
CREATE OR REPLACE FUNCTION answer_state(state text, policy text, due_at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN state = 'PENDING' AND due_at <= statement_timestamp()
            THEN CASE policy WHEN 'SILENT_CONSENT' THEN 'CONSENTED' ELSE 'OVERDUE' END
            ELSE state END;
