-- The new column; nothing is required of it yet.
ALTER TABLE branch ADD called text;
