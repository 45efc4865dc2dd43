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
