-- A row that is written once more soon after finds room for its next version on the same page, and then no index of it is written
-- again: an attempt when it ends, and where a booking stands with each event.
ALTER TABLE delivery_attempt SET (fillfactor = 75);
ALTER TABLE subject_view SET (fillfactor = 75);
