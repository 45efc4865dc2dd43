-- A tag, author or language by which entries can be browsed.
CREATE TABLE term (
    id       INTEGER PRIMARY KEY,
    taxonomy TEXT NOT NULL,
    key      TEXT NOT NULL,
    name     TEXT NOT NULL,
    UNIQUE (taxonomy, key)
);

-- The entries that have it, by year of the planet's timezone and by time.
CREATE TABLE term_entry (
    term_id  INTEGER NOT NULL REFERENCES term (id),
    year     INTEGER NOT NULL,
    shown_at INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (term_id, year, shown_at, entry_id)
) WITHOUT ROWID;

CREATE INDEX term_of_entry ON term_entry (entry_id);

-- A year of a term has parts, from 1; the edition moves when the page of one may look different.
CREATE TABLE term_part (
    term_id    INTEGER NOT NULL REFERENCES term (id),
    year       INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    edition    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (term_id, year, part)
) WITHOUT ROWID;
