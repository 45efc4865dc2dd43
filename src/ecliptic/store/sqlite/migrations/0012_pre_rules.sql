-- Which filters the entries of a feed were asked last.
ALTER TABLE feed ADD COLUMN sieves TEXT NOT NULL DEFAULT '';
