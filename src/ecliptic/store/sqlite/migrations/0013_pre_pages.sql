-- When an entry was written last, or came to look different: the planet's revision then.
ALTER TABLE entry ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

CREATE INDEX entry_revised ON entry (revision);

-- What a page of one filter shows: the newest entries that it takes. All entries that stand at
-- `horizon` or later have been asked, as they stood at `revision`; `news` is of what is listed.
CREATE TABLE search (
    id         INTEGER PRIMARY KEY,
    asked      TEXT NOT NULL UNIQUE,
    condition  BLOB NOT NULL,
    horizon    INTEGER NOT NULL DEFAULT 0,
    revision   INTEGER NOT NULL DEFAULT 0,
    news       BLOB NOT NULL DEFAULT x'',
    changed_at INTEGER
);

CREATE TABLE search_entry (
    search_id INTEGER NOT NULL REFERENCES search (id),
    entry_id  INTEGER NOT NULL,
    PRIMARY KEY (search_id, entry_id)
) WITHOUT ROWID;

-- In which day of the planet's timezone an entry stands in the archive: 1 is the first of all.
CREATE TABLE archive_entry (
    entry_id INTEGER PRIMARY KEY,
    day      INTEGER NOT NULL
);

CREATE INDEX archive_entry_day ON archive_entry (day);

-- The days that have entries. The edition moves when a page of the day may look different.
CREATE TABLE archive_day (
    day        INTEGER PRIMARY KEY,
    entries    INTEGER NOT NULL,
    edition    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
