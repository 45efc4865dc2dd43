-- The table was made by the migration before, for nothing yet, and gets its columns here.
DROP INDEX image_mark;

DROP TABLE image;

-- The images of shown entries, where the site keeps copies: `mark` is that of the copy. Those
-- whose `next_at` has come are to be asked for; it is NULL where that is done, or in vain (`code`).
CREATE TABLE image (
    id      INTEGER PRIMARY KEY,
    url     TEXT NOT NULL UNIQUE,
    mark    TEXT REFERENCES picture (mark),
    next_at INTEGER,
    tries   INTEGER NOT NULL DEFAULT 0,
    code    TEXT NOT NULL DEFAULT ''
);

CREATE INDEX image_mark ON image (mark) WHERE mark IS NOT NULL;

CREATE INDEX image_waiting ON image (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE image_entry (
    image_id INTEGER NOT NULL REFERENCES image (id),
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (image_id, entry_id)
) WITHOUT ROWID;

CREATE INDEX image_entry_entry ON image_entry (entry_id);
