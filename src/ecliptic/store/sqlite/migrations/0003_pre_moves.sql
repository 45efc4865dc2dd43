-- Where a feed is redirected to for good, and whether it is asked there: a `Move` as JSON.
ALTER TABLE feed ADD COLUMN move TEXT NOT NULL DEFAULT '{}';
