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
