-- Other keys of entries, with the evidence. No entry: the operator said that the key is none's.
CREATE TABLE entry_alias (
    feed_id   INTEGER NOT NULL REFERENCES feed (id),
    key       TEXT NOT NULL,
    entry_id  INTEGER REFERENCES entry (id),
    author_id TEXT NOT NULL,
    by_hand   INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (feed_id, key)
) WITHOUT ROWID;

-- The last texts of an entry before the present one, each as it was shown until a time.
CREATE TABLE entry_revision (
    entry_id   INTEGER NOT NULL REFERENCES entry (id),
    until      INTEGER NOT NULL,
    title_html TEXT NOT NULL,
    summary    TEXT NOT NULL,
    content    TEXT NOT NULL,
    PRIMARY KEY (entry_id, until)
);

-- What the last whole document of a feed had: a `Memory` as JSON.
CREATE TABLE feed_memory (
    feed_id INTEGER PRIMARY KEY REFERENCES feed (id),
    memory  TEXT NOT NULL
);
