-- Old rows are filled in; a release would do it in batches.
UPDATE branch SET called = name WHERE called IS NULL;
