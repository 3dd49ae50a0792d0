-- SchemaTest computes the checksum of this text.
SELECT 1;
