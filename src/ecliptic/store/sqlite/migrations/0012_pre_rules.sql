-- By which filters the entries of a feed were judged last.
ALTER TABLE feed ADD COLUMN rules TEXT NOT NULL DEFAULT '';
