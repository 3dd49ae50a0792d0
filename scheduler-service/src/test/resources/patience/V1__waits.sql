-- A migration that needs the table for itself.
ALTER TABLE busy ADD waited text;
