-- What is forgotten is found by its id, which tells when it was written: so whatever is published is in one index less.
DROP INDEX IF EXISTS outbox_published;
