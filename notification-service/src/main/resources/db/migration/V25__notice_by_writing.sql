-- What has come due of late is found by when it was written. Notices are written in that order, so the ranges of a few pages
-- tell it, and an index of every row would only cost.
CREATE INDEX notice_by_writing ON notice USING brin (created_at) WITH (pages_per_range = 16, autosummarize = on);
