-- A text whose checksum SchemaTest computes.
SELECT 1;
